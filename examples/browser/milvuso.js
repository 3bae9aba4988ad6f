// Milvuso in a web page: shows a list, and reports what the visitor does with it. Put the server behind a path of your own site, so that
// the browser asks the page's own origin:
//   location /milvuso/ { proxy_pass http://127.0.0.1:8080/; }
export class Milvuso {
  #url;
  #user;
  #waiting = [];

  constructor(url, user) {
    this.#url = url;
    this.#user = user;
    // A page that is left sends what it still has.
    globalThis.addEventListener?.('pagehide', () => this.flush());
  }

  // The server's whole answer; its request_id ties clicks to what was shown.
  async recommend(count = 10) {
    const answer = await fetch(`${this.#url}/recommendations/${encodeURIComponent(this.#user)}?num_recommendations=${count}`);
    if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
    return answer.json();
  }

  // Goes out with others 200 ms later, in one request. The id makes it count once, however often it is sent.
  act(item, type, requestId) {
    const action = { event_id: crypto.randomUUID(), user_id: this.#user, item_id: item, action_type: type };
    if (requestId) action.request_id = requestId;
    if (this.#waiting.push(action) === 1) setTimeout(() => this.flush(), 200);
  }

  async flush() {
    const actions = this.#waiting.splice(0, 1000);
    if (actions.length === 0) return;
    const answer = await fetch(`${this.#url}/actions`, {
      method: 'POST',
      keepalive: true, // outlives the page
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(actions),
    }).catch(() => ({ status: 503 }));
    if (answer.status === 429 || answer.status >= 500) {
      this.#waiting.unshift(...actions);
      setTimeout(() => this.flush(), 2000);
    } else if (!answer.ok) {
      throw new Error(`${answer.status}: ${await answer.text()}`);
    }
  }
}

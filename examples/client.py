"""Milvuso from Python, with nothing but the standard library: a client to copy, and a small program that uses it.

    python3 examples/client.py [URL]
"""
import json
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid


class Milvuso:
    """A client of one server. Its methods raise RuntimeError with the server's own words when a request is wrong."""

    def __init__(self, url="http://127.0.0.1:8080", attempts=5):
        self.url = url
        self.attempts = attempts

    def add_items(self, items):
        """items: dictionaries with item_id, and optionally category, tags, title and more; at most 1,000."""
        return self._call("POST", "/items", items)

    def act(self, actions):
        """Returns when the log has them durably. An id for each event makes it safe to send the same ones again."""
        for action in actions:
            action.setdefault("event_id", str(uuid.uuid4()))
        return self._call("POST", "/actions", actions)

    def recommend(self, user, count=10):
        """The whole answer: recommendations, and where they come from."""
        return self._call("GET", f"/recommendations/{urllib.parse.quote(user, safe='')}?num_recommendations={count}")

    def _call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, {"Content-Type": "application/json"}, method=method)
        for attempt in range(self.attempts):
            try:
                with urllib.request.urlopen(request, timeout=10) as answer:
                    return json.load(answer)
            except urllib.error.HTTPError as error:
                busy = error.code in (429, 503) and attempt + 1 < self.attempts
                if not busy:
                    raise RuntimeError(f"{error.code}: {error.read().decode()}") from None
                time.sleep(float(error.headers.get("Retry-After", 1)))


def main():
    milvuso = Milvuso(*sys.argv[1:2])
    milvuso.add_items([{"item_id": f"py-{kind}-{i}", "category": kind} for kind in ("novel", "comic") for i in range(10)])
    milvuso.act([{"user_id": f"py-{kind}-fan-{fan}", "item_id": f"py-{kind}-{i}", "action_type": "Like"}
                 for kind in ("novel", "comic") for fan in range(3) for i in range(10)])
    milvuso.act([{"user_id": "py-visitor", "item_id": f"py-novel-{i}", "action_type": "Like"} for i in range(3)])
    for _ in range(100):
        answer = milvuso.recommend("py-visitor", 5)
        if answer["tier"] != "fallback":
            break
        time.sleep(0.1)
    else:
        sys.exit("no personal list within 10 s")
    print(answer["tier"], [each["item_id"] for each in answer["recommendations"]])


if __name__ == "__main__":
    main()

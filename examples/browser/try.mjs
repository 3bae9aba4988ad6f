// Runs milvuso.js outside a browser: node examples/browser/try.mjs [URL]
import { Milvuso } from './milvuso.js';

const url = process.argv[2] ?? 'http://127.0.0.1:8080';
const items = ['lamp', 'sofa'].flatMap((kind) => [...Array(8).keys()].map((i) => ({ item_id: `js-${kind}-${i}`, category: kind })));
await fetch(`${url}/items`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(items) });
for (const { item_id, category } of items) new Milvuso(url, `js-${category}-fan`).act(item_id, 'Like');

const milvuso = new Milvuso(url, 'js-visitor');
const { request_id } = await milvuso.recommend(5);
milvuso.act('js-lamp-1', 'Like', request_id);
milvuso.act('js-lamp-2', 'Like');
for (let i = 0; i < 100; i++) {
  const { tier, recommendations } = await milvuso.recommend(5);
  if (tier !== 'fallback') {
    console.log(tier, recommendations.map(({ item_id }) => item_id));
    process.exit(0);
  }
  await new Promise((resolve) => setTimeout(resolve, 100));
}
console.error('no personal list within 10 s');
process.exit(1);

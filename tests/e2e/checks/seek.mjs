import assert from "node:assert/strict";

export const name = "any instant of an hour is found again at once, with 10 workers and with 1,000";
export const alone = true;

// The promise is 16 ms and 100 ms; what a jump costs depends on the machine, so it is printed, and
// checked with room for a slow one: `node tests/e2e/run.mjs seek`.
const ROOM = 3;
const RUNS = [
  ["?scenario=zombie&speed=100&t=3600&paused=1", 16],
  ["?scenario=load&seed=1&t=3600&paused=1", 100],
];

export async function run(page, { url }) {
  for (const [query, promised] of RUNS) {
    await page.goto(url + query);
    await page.waitForSelector("#timeline");
    const end = query.includes("load") ? "01:00:00" : "04:40:00";
    await page.waitForFunction((end) => document.querySelector(".clock").innerText === end, end, { timeout: 240000 });
    const bar = await page.locator("#timeline").boundingBox();
    const costs = [];
    for (const share of [0.1, 0.73, 0.31, 0.95, 0.5, 0.02, 0.64, 0.87, 0.2, 0.42]) {
      await page.evaluate(() => document.querySelector("#timeline").removeAttribute("data-jump-ms"));
      await page.mouse.click(bar.x + bar.width * share, bar.y + 25);
      await page.waitForFunction(() => document.querySelector("#timeline").dataset.jumpMs);
      costs.push(Number(await page.getAttribute("#timeline", "data-jump-ms")));
    }
    costs.sort((a, b) => a - b);
    const [middle, most] = [costs[Math.floor(costs.length / 2)], costs[costs.length - 1]];
    console.log(`   ${query}: median ${middle.toFixed(1)} ms, most ${most.toFixed(1)} ms`);
    assert.ok(middle < promised * ROOM, `${middle} ms`);
  }
}

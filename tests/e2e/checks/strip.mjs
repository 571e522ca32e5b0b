import assert from "node:assert/strict";
import { until } from "../page.mjs";

export const name = "what was said and what is so stand over the stage, and nothing moves while a worker is looked at";
export const query = "?scenario=zombie&t=200&paused=1";

const top = async (page, selector) => (await page.locator(selector).boundingBox()).y;

export async function run(page) {
  await until(page, () => document.querySelector(".clock").innerText === "03:43:20");
  assert.ok((await top(page, ".dashboard.new")) < (await top(page, "#stage")));
  assert.match(await page.innerText(".dashboard.new .verdict"), /rotting/);
  assert.ok((await top(page, "#knob-lifecycle_bug")) < (await top(page, "#fix_timeouts")), "the cause stands first");
  const places = async () => [await top(page, "#stage"), await top(page, "#timeline"), await top(page, "#fix_timeouts")];
  const before = await places();
  await page.focus("#stage");
  await page.keyboard.press("ArrowRight");
  await page.waitForSelector(".inspector");
  assert.deepEqual(await places(), before);
  const rows = await page.locator(".pager li").count();
  assert.ok(rows > (await page.locator(".pager li.firing").count()), "each rule has its row, fired or not");
}

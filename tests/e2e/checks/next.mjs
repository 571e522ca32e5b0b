import assert from "node:assert/strict";
import { mounted } from "../browser.mjs";
import { until } from "../page.mjs";

export const name = "a search of an hour with 10,000 workers keeps the page alive and can be cancelled";
export const alone = true;

const QUERY = "?scenario=load&workers=10000&arrival_rate=8500&t=5&paused=1&toxic_share=0";

export async function run(page, { url }) {
  await page.goto(url + QUERY);
  await mounted(page);
  await page.waitForSelector(".progress", { state: "detached", timeout: 120000 });
  const list = await page.$$eval("#interest option", (options) => options.map(({ value, selected }) => [value, selected]));
  assert.deepEqual(list[0], ["anything", true]);
  await page.selectOption("#interest", "kill");
  await page.click("#next");
  await page.waitForSelector("#cancel");
  const share = () => page.evaluate(() => document.querySelector("progress").value);
  const first = await share();
  await until(page, (first) => document.querySelector("progress").value > first, first);
  await page.keyboard.press("Escape");
  await page.waitForSelector(".progress", { state: "detached" });
}

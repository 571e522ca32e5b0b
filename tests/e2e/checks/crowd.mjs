import assert from "node:assert/strict";
import { set, until } from "../page.mjs";

export const name = "10,000 workers at full speed do not freeze the page";

export async function run(page) {
  await page.selectOption("#scenario", "load");
  await set(page, "workers", "10000");
  await set(page, "arrival_rate", "8500");
  await page.fill("#speed", "100");
  await until(page, () => /Active Workers\s+(9,\d\d\d|10,000)/.test(document.querySelector(".dashboard.old").innerText));
  await until(page, () => /manages about/.test(document.querySelector(".notice").innerText));
  const begin = Date.now();
  await page.click("#play");
  await page.waitForSelector("#play:has-text('Play')");
  assert.ok(Date.now() - begin < 3000, "it answers");
}

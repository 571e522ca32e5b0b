import assert from "node:assert/strict";
import { refreshed, set, until } from "../page.mjs";

export const name = "with reduced motion the picture stands still while nothing happens";
// Reduced motion can be emulated in that engine alone.
export const only = "chromium";
export const options = { reducedMotion: "reduce" };

export async function run(page) {
  await page.selectOption("#scenario", "normal");
  await set(page, "arrival_rate", "0");
  // All jobs have ended, and every worker has long begun.
  await until(page, () => document.querySelector(".clock").innerText >= "03:00:20");
  const look = () => page.evaluate(() => document.querySelector("#stage").toDataURL());
  const before = await look();
  await refreshed(page);
  assert.equal(await look(), before);
}

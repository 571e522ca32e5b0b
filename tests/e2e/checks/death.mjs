import assert from "node:assert/strict";
import { until } from "../page.mjs";

export const name = "a dead pool says so, stops the clock, and can be gone back from or begun again";
export const query = "?scenario=zombie&t=1000&speed=64";

export async function run(page) {
  await page.waitForSelector(".death");
  await until(page, () => document.querySelector("#play").innerText.includes("Play"));
  assert.match(await page.innerText(".death"), /Out of memory/);
  assert.match(await page.innerText(".dashboard.new .verdict"), /dead/);
  await page.click("#death-back");
  await page.waitForSelector(".death", { state: "detached" });
  await page.click("#play");
  await page.waitForSelector("#death-again");
  await page.click("#death-again");
  await page.waitForSelector(".death", { state: "detached" });
  await until(page, () => document.querySelectorAll(".fix.on").length === 5);
}

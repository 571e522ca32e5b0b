import assert from "node:assert/strict";
import { type } from "../page.mjs";

export const name = "a wrong value is named with what is allowed, and nothing is lost";

export async function run(page) {
  await type(page, "#knob-toxic_share", "<b>lots</b>");
  const fault = await page.innerText(".knob.wrong .error");
  assert.match(fault, /toxic_share.*<b>lots<\/b>.*0 to 1/);
  assert.equal(await page.locator(".error b").count(), 0, "no markup comes in");
  await type(page, "#knob-toxic_share", "0.1");
  await page.waitForSelector(".knob.wrong", { state: "detached" });
  await type(page, "#seed", "1e99");
  assert.match(await page.innerText(".notice"), /seed.*1e99.*whole number/);
}

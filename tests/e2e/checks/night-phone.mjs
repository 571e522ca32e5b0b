import assert from "node:assert/strict";
import { until } from "../page.mjs";

export const name = "the night on a phone: nothing is cut off, a line is drawn by touch, and a class is laid over it";
// Touch can be emulated in that engine alone.
export const only = "chromium";
export const options = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
export const query = "?view=night&ch=5";

export async function run(page) {
  await page.waitForSelector(".question:not([disabled])");
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= 360, `${wide} px wide`);
  const { x, y, width, height } = await page.locator("#night-chart").boundingBox();
  await page.touchscreen.tap(x + width * 0.85, y + height * 0.4);
  await until(page, () => !document.querySelector("#commit").disabled);
  await page.tap("#commit");
  await page.waitForSelector(".told strong:not(:empty)");
  await page.tap(".class summary");
  await page.fill("#class", "?view=night&say=5:1_2_3_4_5_6 and ?view=night&say=5:0_0_0_0_0_1");
  await page.keyboard.press("Enter");
  await until(page, () => document.querySelector(".class output").innerText.startsWith("2 "));
  await page.tap("#night-back");
  await until(page, () => document.querySelector(".where").innerText.startsWith("4 of"));
}

import assert from "node:assert/strict";

export const name = "on a phone nothing is cut off, and touch works";
// Touch can be emulated in that engine alone.
export const only = "chromium";
export const options = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

export async function run(page) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= 360, `${wide} px wide`);
  await page.tap("#play");
  await page.waitForSelector("#play:has-text('Play')");
  await page.tap("#fix_timeouts");
  await page.waitForSelector(".fix.on");
}

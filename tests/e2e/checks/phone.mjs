import assert from "node:assert/strict";

export const name = "on a phone the stage comes at once, the rest is in tabs, and nothing is cut off";
// Touch can be emulated in that engine alone.
export const only = "chromium";
export const options = { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true };

export async function run(page) {
  const wide = () => page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok((await wide()) <= 360, `${await wide()} px wide`);
  const stage = await page.locator("#stage").boundingBox();
  assert.ok(stage.y < 240, `the stage begins at ${stage.y}`);
  await page.tap("#play");
  await page.waitForSelector("#play:has-text('Play')");
  for (const [tab, part] of [["charts", ".charts"], ["story", ".story"], ["worker", ".tools"], ["fixes", ".panel"]]) {
    await page.tap(`#tab-${tab}`);
    await page.waitForSelector(part, { state: "visible" });
    assert.ok((await wide()) <= 360, `${tab}: ${await wide()} px wide`);
  }
  await page.tap("#fix_timeouts");
  await page.waitForSelector(".fix.on");
  await page.tap("#unfold");
  await page.waitForSelector("#scenario", { state: "visible" });
}

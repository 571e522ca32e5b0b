import assert from "node:assert/strict";

export const name = "with reduced motion the picture stands still while nothing happens";
export const options = { reducedMotion: "reduce" };

export async function run(page) {
  await page.fill("#knob-arrival_rate", "0");
  await page.keyboard.press("Enter");
  await page.selectOption("#scenario", "normal");
  await page.waitForTimeout(500);
  await page.fill("#knob-arrival_rate", "0");
  await page.keyboard.press("Enter");
  await page.waitForTimeout(4000);
  const look = () => page.evaluate(() => document.querySelector("#stage").toDataURL());
  const before = await look();
  await page.waitForTimeout(700);
  assert.equal(await look(), before);
}

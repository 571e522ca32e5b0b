import assert from "node:assert/strict";

export const name = "10,000 workers at full speed do not freeze the page";

export async function run(page) {
  await page.selectOption("#scenario", "load");
  await page.fill("#knob-workers", "10000");
  await page.keyboard.press("Enter");
  await page.fill("#knob-arrival_rate", "8500");
  await page.keyboard.press("Enter");
  await page.fill("#speed", "100");
  await page.waitForTimeout(3000);
  const begin = Date.now();
  await page.click("#play");
  await page.waitForSelector("#play:has-text('Play')");
  assert.ok(Date.now() - begin < 3000, "it answers");
  assert.match(await page.innerText(".dashboard.old"), /Active\s+(9\d\d\d|10000)/);
}

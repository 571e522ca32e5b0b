import assert from "node:assert/strict";

export const name = "the stage shows what the supervisor believes, and each fix says what it is doing";

export async function run(page) {
  await page.fill("#speed", "90");
  await page.check("#fix_health");
  await page.check("#fix_breaker");
  await page.check("#fix_timeouts");
  await page.waitForFunction(() => document.querySelectorAll(".story .reached").length >= 5, null, { timeout: 60000 });
  await page.waitForFunction(() => /open for \d+ s more/.test(document.querySelector("#fix_breaker").closest(".fix").innerText), null, { timeout: 60000 });
  await page.click("#play");
  await page.waitForSelector("#play:has-text('Play')");
  assert.match(await page.locator(".fix", { hasText: "Health checks" }).innerText(), /[1-9]\d* suspects/);
  assert.match(await page.locator(".fix", { hasText: "Timeouts" }).first().innerText(), /[1-9]\d* timed out/);
  const look = () => page.evaluate(() => document.querySelector("#stage").toDataURL());
  const truth = await look();
  await page.check("#belief");
  await page.waitForTimeout(400);
  assert.notEqual(await look(), truth);
  await page.locator(".fix", { hasText: "Circuit breaker" }).locator("summary").click();
  assert.match(await page.locator(".fix", { hasText: "Circuit breaker" }).innerText(), /Calls that the failure rate is taken over/);
}

import assert from "node:assert/strict";

export const name = "the stage is worked by keyboard: play, step, choose, look, let go";

export async function run(page) {
  await page.focus("#stage");
  await page.keyboard.press("Space");
  await page.waitForSelector("#play:has-text('Play')");
  const clock = await page.innerText(".clock");
  await page.waitForTimeout(500);
  assert.equal(await page.innerText(".clock"), clock, "it is paused");
  for (let press = 0; press < 80; press += 1) await page.keyboard.press(".");
  await page.waitForFunction((before) => document.querySelector(".clock").innerText !== before, clock);
  await page.keyboard.press("ArrowRight");
  const first = await page.innerText(".inspector h2");
  await page.keyboard.press("ArrowRight");
  assert.notEqual(await page.innerText(".inspector h2"), first);
  assert.match(await page.innerText(".inspector .strace"), /strace -p \d+/);
  await page.keyboard.press("Escape");
  await page.waitForSelector(".inspector", { state: "detached" });
}

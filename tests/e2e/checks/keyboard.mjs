import assert from "node:assert/strict";
import { clock, focused, refreshed, until } from "../page.mjs";

export const name = "the stage is worked by keyboard: play, step, select, inspect, the menu, speed, deselect";

export async function run(page) {
  await page.focus("#stage");
  await page.keyboard.press("Space");
  await page.waitForSelector("#play:has-text('Play')");
  await refreshed(page);
  const before = await clock(page);
  await refreshed(page);
  assert.equal(await clock(page), before, "it is paused");
  for (let press = 0; press < 80; press += 1) await page.keyboard.press(".");
  await until(page, (before) => document.querySelector(".clock").innerText !== before, before);
  await page.keyboard.press("ArrowRight");
  const first = await page.innerText(".inspector h2");
  await page.keyboard.press("ArrowRight");
  await until(page, (first) => document.querySelector(".inspector h2").innerText !== first, first);
  assert.match(await page.innerText(".inspector .strace"), /strace -p \d+/);

  await page.keyboard.press("Enter");
  await until(page, () => document.activeElement.role === "menuitem");
  const row = () => page.evaluate(() => document.activeElement.innerText);
  const top = await row();
  await page.keyboard.press("ArrowDown");
  await until(page, (top) => document.activeElement.innerText !== top, top);
  await page.keyboard.press("End");
  await until(page, () => document.activeElement.innerText === "Close");
  await page.keyboard.press("ArrowDown");
  await until(page, (top) => document.activeElement.innerText === top, top);
  for (const key of ["Tab", "Escape"]) {
    await page.keyboard.press(key);
    await page.waitForSelector("#menu", { state: "detached" });
    await until(page, () => document.activeElement.id === "stage");
    await page.keyboard.press("Enter");
    await until(page, () => document.activeElement.role === "menuitem");
  }
  await page.mouse.click(5, 300);
  await page.waitForSelector("#menu", { state: "detached" });

  await page.focus("#stage");
  for (const speed of ["8×", "16×", "32×", "64×", "100×"]) {
    await page.keyboard.press("+");
    await until(page, (speed) => document.querySelector(".speed output").innerText === speed, speed);
  }
  await page.keyboard.press("Escape");
  await page.waitForSelector(".inspector", { state: "detached" });
  assert.equal(await focused(page), "stage");
}

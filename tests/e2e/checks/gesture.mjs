import assert from "node:assert/strict";
import { pause, refreshed, until } from "../page.mjs";

export const name = "a slider's drag is one command and one undo; a held key too; nothing is rendered while it is dragged";

const arrivals = "#knob-arrival_rate";
const slider = ".knob:has(#knob-arrival_rate) input[type=range]";

async function commands(page) {
  await page.click("#share");
  const link = await page.inputValue("#link");
  await page.keyboard.press("Escape");
  await page.waitForSelector("dialog", { state: "detached" });
  return (new URL(link).searchParams.get("do") ?? "").split(";").filter(Boolean);
}

export async function run(page) {
  await pause(page);
  const before = await page.inputValue(arrivals);
  await page.locator(slider).scrollIntoViewIfNeeded();
  const box = await page.locator(slider).boundingBox();
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * 0.3, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.8, y, { steps: 60 });
  const preview = await page.inputValue(arrivals);
  assert.notEqual(preview, before, "the field shows where the slider is");
  await page.mouse.up();
  await refreshed(page);
  assert.equal(await page.inputValue(arrivals), preview);
  assert.equal((await commands(page)).length, 1, "one command");
  await page.click("#undo");
  await until(page, ([field, before]) => document.querySelector(field).value === before, [arrivals, before]);

  await page.focus(slider);
  for (let press = 0; press < 25; press += 1) await page.keyboard.down("ArrowRight");
  await page.keyboard.up("ArrowRight");
  await refreshed(page);
  assert.notEqual(await page.inputValue(arrivals), before);
  assert.equal((await commands(page)).length, 1, "one command");
  await page.click("#undo");
  await until(page, ([field, before]) => document.querySelector(field).value === before, [arrivals, before]);
}

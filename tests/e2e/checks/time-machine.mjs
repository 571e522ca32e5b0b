import assert from "node:assert/strict";
import { clock, clockShows, milestones, pause, refreshed, until } from "../page.mjs";

export const name = "time goes back by drag and by event, the past can be changed, and the abandoned timeline is kept";

export async function run(page) {
  await page.fill("#speed", "90");
  await milestones(page, 4);
  await pause(page);
  const late = await clock(page);
  const bar = await page.locator("#timeline").boundingBox();
  await page.mouse.move(bar.x + bar.width * 0.2, bar.y + 25);
  await page.mouse.down();
  await page.mouse.move(bar.x + bar.width * 0.05, bar.y + 25, { steps: 5 });
  await page.mouse.up();
  await refreshed(page);
  const early = await clock(page);
  assert.ok(early < late, `${early} is before ${late}`);

  const figures = () => page.innerText(".dashboard.new dl");
  const before = await figures();
  for (let n = 0; n < 40; n += 1) await page.click("#step");
  for (let n = 0; n < 40; n += 1) await page.click("#back");
  await refreshed(page);
  assert.equal(await figures(), before, "steps back undo steps");

  await page.check("#fix_detection");
  await refreshed(page);
  assert.match(await page.innerText("#ghost"), /1/, "the abandoned timeline is kept");
  assert.equal(await page.locator("#fix_detection").isChecked(), true);
  await page.click("#undo");
  await refreshed(page);
  assert.equal(await page.locator("#fix_detection").isChecked(), false, "undone");
  await page.click("#ghost");
  await refreshed(page);

  await page.focus("#timeline");
  await page.keyboard.press("Home");
  await clockShows(page, "03:40:00");
  await page.keyboard.press("ArrowRight");
  await clockShows(page, "03:40:05");
  await page.selectOption("#interest", "zombie");
  await page.click("#next");
  await until(page, () => /Zombie Workers\s*1\b/.test(document.querySelector(".dashboard.new dl").innerText));
}

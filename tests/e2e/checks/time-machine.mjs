import assert from "node:assert/strict";

export const name = "time goes back by drag and by event, the past can be changed, and the other future is kept";

const clock = (page) => page.innerText(".clock");
const settled = (page) => page.waitForTimeout(400);

export async function run(page) {
  await page.fill("#speed", "90");
  await page.waitForFunction(() => document.querySelectorAll(".story .reached").length >= 4);
  await page.click("#play");
  await settled(page);
  const late = await clock(page);
  const bar = await page.locator("#scrub").boundingBox();
  await page.mouse.move(bar.x + bar.width * 0.2, bar.y + 25);
  await page.mouse.down();
  await page.mouse.move(bar.x + bar.width * 0.05, bar.y + 25, { steps: 5 });
  await page.mouse.up();
  await settled(page);
  const early = await clock(page);
  assert.ok(early < late, `${early} is before ${late}`);

  const figures = () => page.innerText(".dashboard.new dl");
  const before = await figures();
  for (let n = 0; n < 40; n += 1) await page.click("#step");
  for (let n = 0; n < 40; n += 1) await page.click("#back");
  await settled(page);
  assert.equal(await figures(), before, "steps back undo steps");

  await page.check("#fix_detection");
  await settled(page);
  assert.match(await page.innerText("#ghost"), /1/, "the other future is kept");
  assert.equal(await page.locator("#fix_detection").isChecked(), true);
  await page.click("#undo");
  await settled(page);
  assert.equal(await page.locator("#fix_detection").isChecked(), false, "undone");
  await page.click("#ghost");
  await settled(page);

  await page.focus("#scrub");
  await page.keyboard.press("Home");
  await settled(page);
  assert.equal(await clock(page), "03:40:00");
  await page.keyboard.press("ArrowRight");
  await settled(page);
  assert.equal(await clock(page), "03:40:05");
  await page.selectOption("#interest", "zombie");
  await page.click("#next");
  await page.waitForFunction(() => /Zombies\s*1\b/.test(document.querySelector(".dashboard.new dl").innerText));
}

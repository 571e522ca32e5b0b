import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { axe } from "../browser.mjs";
import { until } from "../page.mjs";

export const name = "the night asks first, and tells nothing before the answer; by keyboard, with a presenter's keys, for screen readers";
export const query = "?view=night";

const heading = (page) => page.innerText("#chapter");
const asks = (page) => page.waitForSelector(".question:not([disabled])");
const told = async (page) => {
  await page.waitForSelector(".told strong:not(:empty)");
  return page.innerText(".told strong");
};

async function complaints(page) {
  const { violations } = await page.evaluate(() => window.axe.run());
  return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" | ")}`);
}

// Answers whatever is asked, by keyboard.
async function answer(page) {
  const field = page.locator(".question input").first();
  await field.focus();
  await page.keyboard.press((await field.getAttribute("type")) === "radio" ? "Space" : "ArrowRight");
  await until(page, () => !document.querySelector("#commit").disabled);
}

export async function run(page) {
  await page.evaluate(readFileSync(axe(), "utf8"));
  for (let chapter = 1; chapter <= 7; chapter += 1) {
    await asks(page);
    assert.match(await page.innerText(".where"), new RegExp(`^${chapter} of 7`));
    const before = await page.content();
    assert.deepEqual(await complaints(page), [], `chapter ${chapter}, asking`);
    await answer(page);
    await page.keyboard.press("PageDown");
    const sentence = await told(page);
    const figures = sentence.match(/\d[\d.,]* (?:s|GB|jobs\/s)/g) ?? [];
    for (const figure of figures.slice(1)) assert.ok(!before.includes(figure), `chapter ${chapter} shows ${figure} before`);
    assert.deepEqual(await complaints(page), [], `chapter ${chapter}, told`);
    if (chapter < 7) {
      await page.keyboard.press("PageDown");
      await until(page, (chapter) => document.querySelector(".where").innerText.startsWith(`${chapter + 1} of`), chapter);
      await until(page, () => document.activeElement.id === "chapter");
    }
  }
  const last = await heading(page);
  await page.keyboard.press("PageUp");
  await until(page, (last) => document.querySelector("#chapter").innerText !== last, last);
  await told(page);
  await page.click("#night-next");
  await page.click("#share");
  const link = await page.inputValue("#link");
  assert.match(link, /view=night.*ch=7&say=1:[^&]*7:/);
  await page.keyboard.press("Escape");
  await told(page);
  await page.click("#sandbox");
  await page.waitForSelector("#play");
  await until(page, () => document.querySelector(".clock").innerText === "04:23:00");
}

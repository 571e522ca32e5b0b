import assert from "node:assert/strict";
import { mounted } from "../browser.mjs";
import { milestones, pause, refreshed, until } from "../page.mjs";

export const name = "A | B: the same jobs, clocks locked, other knobs, and the figures differ";

const table = (page) => page.innerText(".compare table");
const changed = (page, words) => until(page, (words) => document.querySelector(".compare .changed").innerText.includes(words), words);

export async function run(page) {
  await page.fill("#speed", "90");
  await milestones(page, 3);
  await page.click("#compare");
  await page.waitForSelector("#stage-b");
  await changed(page, "identical to A");
  await page.check("#fix_timeouts");
  await page.check("#fix_detection");
  await changed(page, "Timeouts, Zombie detection");
  await until(page, () => {
    const zombies = document.querySelector(".compare table").innerText.match(/Zombie Workers\s+(\d+)[^\d]*(\d+)/);
    return zombies && Number(zombies[1]) >= 8 && Number(zombies[1]) > Number(zombies[2]);
  });
  await pause(page);
  const figures = await table(page);
  await page.click("#active-A");
  await until(page, () => !document.querySelector("#fix_timeouts").checked);
  await page.click("#active-B");
  await until(page, () => document.querySelector("#fix_timeouts").checked);

  await page.click("#share");
  const link = await page.inputValue("#link");
  await page.goto(link);
  await mounted(page);
  await changed(page, "Timeouts");
  await refreshed(page);
  assert.equal(await table(page), figures, "a link brings both back");
  await page.click("#reset");
  await until(page, () => document.querySelector(".clock").innerText.startsWith("03:40:0"));
  await changed(page, "Timeouts");
  await page.click("#compare");
  await page.waitForSelector("#stage-b", { state: "detached" });
}

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { axe } from "../browser.mjs";
import { milestones, pause } from "../page.mjs";

export const name = "axe finds nothing to complain about: the page, its menu, every dialog, every theme; no id is there twice";

const DIALOGS = ["#help", "#share", "#save"];

async function complaints(page) {
  const { violations, incomplete } = await page.evaluate(() => window.axe.run());
  const doubtful = incomplete.filter(({ id }) => id === "duplicate-id-aria" || id === "form-field-multiple-labels");
  return [...violations, ...doubtful].map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" | ")}`);
}

export async function run(page) {
  await page.fill("#speed", "90");
  await milestones(page, 4);
  await pause(page);
  for (const summary of await page.locator("details summary").all()) await summary.click();
  await page.waitForSelector(".more .group");
  for (const summary of await page.locator(".more .group summary").all()) await summary.click();
  await page.waitForSelector(".more .knob");
  await page.focus("#stage");
  await page.keyboard.press("ArrowRight");
  await page.waitForSelector(".inspector");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#menu");
  const twice = await page.evaluate(() => {
    const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
    return ids.filter((id, place) => ids.indexOf(id) !== place);
  });
  assert.deepEqual(twice, []);
  // Evaluated, not added as a script: the policy of the page allows no script of others.
  await page.evaluate(readFileSync(axe(), "utf8"));
  for (const theme of ["light", "dark", "projector"]) {
    await page.selectOption("#theme", theme);
    assert.deepEqual(await complaints(page), [], theme);
  }
  for (const button of DIALOGS) {
    await page.click(button);
    await page.waitForSelector("dialog[open]");
    assert.deepEqual(await complaints(page), [], button);
    await page.keyboard.press("Escape");
    await page.waitForSelector("dialog", { state: "detached" });
  }
}

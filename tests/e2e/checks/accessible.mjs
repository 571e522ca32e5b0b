import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { axe } from "../browser.mjs";

export const name = "axe finds nothing to complain about, light and dark";

export async function run(page) {
  await page.fill("#speed", "90");
  await page.waitForFunction(() => document.querySelectorAll(".story .reached").length >= 4);
  await page.click("#play");
  await page.click(".more summary");
  await page.focus("#stage");
  await page.keyboard.press("ArrowRight");
  await page.waitForSelector(".inspector");
  // Evaluated, not added as a script: the policy of the page allows no script of others.
  await page.evaluate(readFileSync(axe(), "utf8"));
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await page.evaluate(() => window.axe.run());
    const told = violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" | ")}`);
    assert.deepEqual(told, [], colorScheme);
  }
}

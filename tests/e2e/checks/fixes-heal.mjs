import assert from "node:assert/strict";
import { milestones, until } from "../page.mjs";

export const name = "the pool rots, and the five fixes heal it while it runs";

const figure = async (page, row) => {
  const text = await page.locator(".dashboard.new dt", { hasText: row }).locator("+ dd").innerText();
  return Number(text.replaceAll(",", "").replace(/[^0-9.].*$/, ""));
};

export async function run(page) {
  await page.fill("#speed", "95");
  await milestones(page, 6);
  assert.ok((await figure(page, "Zombie Workers")) >= 3);
  assert.match(await page.locator(".dashboard.old").innerText(), /Active Workers\s+10/);
  assert.ok(await page.locator(".pager .firing").count());
  for (const fix of ["timeouts", "health", "limits", "detection", "breaker"]) {
    await page.check(`#fix_${fix}`);
  }
  await until(page, () => {
    const truth = document.querySelector(".dashboard.new dl").innerText;
    const [, memory] = truth.match(/Memory Usage\s+([\d.,]+) MB/);
    return /Zombie Workers\s*[01]\b/.test(truth) && Number(memory.replaceAll(",", "")) < 1200;
  });
}

import assert from "node:assert/strict";
import { milestones, until } from "../page.mjs";

export const name = "the pool rots, and the five fixes heal it while it runs";

const figure = async (page, row) => {
  const text = await page.locator(".dashboard.new dt", { hasText: row }).locator("+ dd").innerText();
  return Number(text.replace(/[^0-9.].*$/, ""));
};

export async function run(page) {
  await page.fill("#speed", "95");
  await milestones(page, 6);
  assert.ok((await figure(page, "Zombies")) >= 3);
  assert.match(await page.locator(".dashboard.old").innerText(), /Active\s+10/);
  assert.ok(await page.locator(".pager .firing").count());
  for (const fix of ["timeouts", "health", "limits", "detection", "breaker"]) {
    await page.check(`#fix_${fix}`);
  }
  await until(page, () => /Zombies\s*[01]\b/.test(document.querySelector(".dashboard.new dl").innerText));
  assert.ok((await figure(page, "All memory")) < 1200);
}

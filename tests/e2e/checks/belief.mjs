import assert from "node:assert/strict";
import { milestones, pause, refreshed, until } from "../page.mjs";

export const name = "the stage shows what the supervisor believes, and each fix says what it is doing";

const fix = (page, title) => page.locator(".fix", { has: page.locator(`strong:text-is("${title}")`) });

export async function run(page) {
  await page.fill("#speed", "90");
  for (const id of ["health", "breaker", "timeouts"]) await page.check(`#fix_${id}`);
  await milestones(page, 5);
  await until(page, () => /open/.test(document.querySelector("#fix_breaker").closest(".fix").querySelector(".doing").innerText));
  await pause(page);
  assert.match(await fix(page, "Health checks").innerText(), /[1-9]\d* suspect/);
  assert.match(await fix(page, "Timeouts").innerText(), /[1-9]\d* timed out/);
  const look = () => page.evaluate(() => document.querySelector("#stage").toDataURL());
  const truth = await look();
  await page.check("#belief");
  await refreshed(page);
  assert.notEqual(await look(), truth);
  const breaker = fix(page, "Circuit breaker");
  assert.equal(await breaker.locator(".knob").count(), 0, "what is folded is not rendered");
  await breaker.locator("summary").click();
  await breaker.locator("#setting-breaker_window").waitFor();
}

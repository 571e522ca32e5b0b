import assert from "node:assert/strict";
import { until } from "../page.mjs";

export const name = "a link is said to be copied only when the browser has done it";
// Only that engine lets a check read the clipboard.
export const only = "chromium";

export async function run(page, { url }) {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"], { origin: new URL(url).origin });
  await page.click("#share");
  await page.click("#copy");
  await until(page, () => document.querySelector(".share [role=status]").innerText === "Copied.");
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await page.inputValue("#link"));
  await page.keyboard.press("Escape");
  await page.waitForSelector("dialog", { state: "detached" });
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error("refused"));
  });
  await page.click("#share");
  await page.click("#copy");
  await until(page, () => /Ctrl\+C/.test(document.querySelector(".share [role=status]").innerText));
  assert.equal(await page.evaluate(() => getSelection().toString() || document.activeElement.id), await page.inputValue("#link"));
}

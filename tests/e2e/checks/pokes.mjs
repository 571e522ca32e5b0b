import assert from "node:assert/strict";
import { pause, until } from "../page.mjs";

export const name = "workers and jobs are poked by key, by menu and by tool";
export const options = { hasTouch: true };

export async function run(page) {
  await until(page, () => document.querySelector(".clock").innerText >= "03:40:05");
  await pause(page);
  await page.focus("#stage");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("h");
  await page.waitForSelector(".inspector.stuck");
  await page.keyboard.press("u");
  await page.waitForSelector(".inspector.stuck", { state: "detached" });

  await page.keyboard.press("Enter");
  await page.waitForSelector("#menu");
  await page.getByRole("menuitem", { name: "Kill" }).click();
  await until(page, () => /1\s+killed/.test(document.querySelector(".belief").innerText));

  const queue = async () => Number((await page.innerText(".dashboard.old dl")).match(/Queue Depth\s+([\d,]+)/)[1].replaceAll(",", ""));
  const before = await queue();
  await page.click("#burst");
  await until(
    page,
    (before) => Number(document.querySelector(".dashboard.old dl").innerText.match(/Queue Depth\s+([\d,]+)/)[1].replaceAll(",", "")) >= before + 30,
    before,
  );

  // A job of the line, found by pointing along it.
  const box = await page.locator("#stage").boundingBox();
  await page.getByRole("button", { name: "Poison", exact: true }).click();
  let found = "";
  for (let y = 0.12; y < 0.8 && !found.startsWith("Job"); y += 0.03) {
    await page.mouse.click(box.x + 150, box.y + box.height * y);
    found = (await page.locator(".inspector h2").allInnerTexts()).join("");
  }
  assert.match(found, /^Job \d+/);
  await page.getByRole("button", { name: "Inspect", exact: true }).click();

  // A right click asks what can be done.
  for (let x = 0.2; x < 0.66; x += 0.03) {
    await page.mouse.click(box.x + box.width * x, box.y + box.height * 0.3, { button: "right" });
    if (await page.getByRole("menuitem", { name: "Drain" }).count()) break;
  }
  assert.ok(await page.getByRole("menuitem", { name: "Drain" }).count());
  await page.keyboard.press("Escape");
  await page.waitForSelector("#menu", { state: "detached" });
}

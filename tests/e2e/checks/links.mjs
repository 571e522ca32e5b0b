import assert from "node:assert/strict";
import { mounted } from "../browser.mjs";

export const name = "a link opens at its second with all that was done, and what is copied opens the same";
export const alone = true;

const figures = async (page) => `${await page.innerText(".clock")} ${await page.innerText(".dashboard.new dl")}`;

async function open(page, url) {
  await page.goto(url);
  await mounted(page);
  await page.waitForTimeout(700);
}

export async function run(page, { url }) {
  await open(page, `${url}?scenario=zombie&seed=11&toxic_share=0.05&do=40:burst=60;50:kill=3&t=95&paused=1`);
  assert.equal(await page.innerText(".clock"), "03:41:35");
  assert.equal(await page.inputValue("#seed"), "11");
  await page.click("#poison-next");
  await page.check("#fix_timeouts");
  await page.waitForTimeout(400);
  const shown = await figures(page);
  await page.click("#share");
  const link = await page.inputValue("#link");
  assert.ok(link.startsWith(url) && link.length < 2000, link);
  assert.ok(await page.locator(".qr path").count(), "there is a code to scan");
  await page.click("#copy");
  await open(page, link);
  assert.equal(await figures(page), shown);
  assert.equal(await page.locator("#fix_timeouts").isChecked(), true);
}

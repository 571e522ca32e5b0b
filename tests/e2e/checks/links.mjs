import assert from "node:assert/strict";
import { mounted } from "../browser.mjs";
import { clockShows, clock, refreshed, until } from "../page.mjs";

export const name = "a link opens at its second with all that was done, and what is shared opens the same";
export const alone = true;

const figures = async (page) => `${await clock(page)} ${await page.innerText(".dashboard.new dl")}`;

async function open(page, url) {
  await page.goto(url);
  await mounted(page);
  await clockShows(page, "03:41:35");
}

export async function run(page, { url }) {
  await open(page, `${url}?scenario=zombie&seed=11&toxic_share=0.05&do=40:burst=60;50:kill=3&t=95&paused=1`);
  assert.equal(await page.inputValue("#seed"), "11");
  await page.click("#poison-next");
  await page.check("#fix_timeouts");
  await refreshed(page);
  const shown = await figures(page);
  await page.click("#share");
  const link = await page.inputValue("#link");
  assert.ok(link.startsWith(url) && link.length < 2000, link);
  assert.ok(await page.locator(".qr path").count(), "there is a code to scan");
  await open(page, link);
  await until(page, () => document.querySelector("#fix_timeouts").checked);
  await refreshed(page);
  assert.equal(await figures(page), shown);
}

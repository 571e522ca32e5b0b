import assert from "node:assert/strict";
import { mounted } from "../browser.mjs";

export const name = "a hostile or broken link is refused by name, and the page starts with its defaults";
export const alone = true;

const LINKS = [
  ["?toxic_share=NaN", /toxic_share.*NaN/],
  ["?workers=-5", /workers.*-5.*1 to 10000/],
  ["?scenario=<img src=x onerror=alert(1)>", /scenario/],
  ["?v=999", /`v`.*999/],
  ["?do=10:explode=1", /explode/],
  ["?t=yesterday", /`t`.*yesterday/],
  ["?p=%00%ff%fe", /`p`/],
  [`?seed=${"9".repeat(400)}`, /seed/],
  [`?do=${"1:burst=9;".repeat(3000)}`, /link/],
  ["?constructor=1&__proto__=2", /constructor/],
];

export async function run(page, { url }) {
  for (const [query, named] of LINKS) {
    await page.goto(url + query);
    await mounted(page);
    const dialog = page.locator("dialog[role=alertdialog]");
    const text = await dialog.innerText();
    assert.match(text, named, query.slice(0, 60));
    assert.match(text, /Showing the default night instead/);
    assert.equal(await dialog.locator("img").count(), 0, "no markup comes in");
    await page.click("#dialog-close");
    await dialog.waitFor({ state: "detached" });
    assert.match(await page.innerText(".clock"), /^03:4/);
  }
}

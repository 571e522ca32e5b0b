import assert from "node:assert/strict";
import { clock, focused, refreshed, until } from "../page.mjs";

export const name = "dialogs keep the keyboard, pause the run, close by Escape and beside them, and give the focus back";

export async function run(page) {
  for (const [button, tabs] of [["help", 3], ["share", 6], ["save", 16]]) {
    await page.click(`#${button}`);
    await page.waitForSelector("dialog[open]");
    for (let tab = 0; tab < tabs; tab += 1) {
      await page.keyboard.press(tab % 3 ? "Tab" : "Shift+Tab");
      const inside = await page.evaluate(() => {
        const { activeElement } = document;
        return activeElement === document.body || !!activeElement.closest("dialog");
      });
      assert.ok(inside, `${button}: the focus is out at tab ${tab}`);
    }
    await refreshed(page);
    const stopped = await clock(page);
    await refreshed(page);
    assert.equal(await clock(page), stopped, "the run waits");
    await page.keyboard.press("Escape");
    await page.waitForSelector("dialog", { state: "detached" });
    assert.equal(await focused(page), button);
    await until(page, (stopped) => document.querySelector(".clock").innerText !== stopped, stopped);
  }
  await page.click("#help");
  await page.waitForSelector("dialog[open]");
  await page.mouse.click(3, 3);
  await page.waitForSelector("dialog", { state: "detached" });
  assert.equal(await focused(page), "help");
}

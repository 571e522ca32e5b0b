import assert from "node:assert/strict";

export const name = "A | B: the same jobs, clocks locked, other knobs, and the figures differ";

const submitted = async (page) => page.innerText(".compare table");

export async function run(page) {
  await page.fill("#speed", "90");
  await page.waitForFunction(() => document.querySelectorAll(".story .reached").length >= 3);
  await page.click("#compare");
  await page.waitForSelector("#stage-b");
  await page.waitForSelector(".compare");
  await page.waitForFunction(() => /same as A/.test(document.querySelector(".compare .changed").innerText));
  await page.check("#fix_timeouts");
  await page.check("#fix_detection");
  await page.waitForFunction(() => /fix_timeouts = true/.test(document.querySelector(".compare .changed").innerText));
  await page.waitForFunction(() => document.querySelectorAll(".story .reached").length >= 5, null, { timeout: 60000 });
  await page.waitForTimeout(6000);
  await page.click("#play");
  await page.waitForTimeout(500);
  const table = await submitted(page);
  const zombies = table.match(/zombies\s+([\d.]+)[^\d]*([\d.]+)/);
  assert.ok(Number(zombies[1]) > Number(zombies[2]), table);
  await page.click("#hand-A");
  assert.equal(await page.locator("#fix_timeouts").isChecked(), false, "A has no fixes");
  await page.click("#hand-B");
  await page.waitForFunction(() => document.querySelector("#fix_timeouts").checked);

  await page.click("#share");
  const link = await page.inputValue("#link");
  await page.goto(link);
  await page.waitForSelector("#stage-b");
  await page.waitForTimeout(1500);
  assert.equal(await submitted(page), table, "a link brings both back");
  await page.click("#reset");
  await page.waitForFunction(() => document.querySelector(".clock").innerText.startsWith("03:40:0"));
  assert.match(await page.innerText(".compare .changed"), /fix_timeouts = true/, "both begin anew as they are turned");
  await page.click("#compare");
  await page.waitForSelector("#stage-b", { state: "detached" });
}

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { download, pause, until } from "../page.mjs";

export const name = "series, metrics, pictures and the scenario are saved, and a scenario is opened again";
// Downloads can be watched in that engine alone.
export const only = "chromium";

async function save(page, name) {
  const file = await download(page, () => page.click(`[data-file="${name}"]`));
  assert.equal(file.suggestedFilename(), name);
  return readFileSync(await file.path());
}

export async function run(page) {
  await page.fill("#speed", "85");
  await until(page, () => document.querySelector(".clock").innerText >= "03:41:10");
  await pause(page);
  await page.check("#fix_health");
  await page.locator("#chart-memory").scrollIntoViewIfNeeded();
  const figure = page.locator(".chart", { has: page.locator("#chart-memory") });
  await figure.locator("summary").click();
  for (const [button, file, head] of [["SVG", "memory.svg", /^<svg|^<\?xml/], ["PNG", "memory.png", /^.PNG/]]) {
    const saved = await download(page, () => figure.getByRole("button", { name: button }).click());
    assert.equal(saved.suggestedFilename(), file);
    assert.match(readFileSync(await saved.path()).toString("latin1"), head);
  }
  await page.click("#save");
  const csv = (await save(page, "series.csv")).toString();
  const lines = csv.trim().split("\n");
  assert.match(lines[0], /^t_s,.*memory/);
  assert.ok(lines.length > 60 && lines.every((line) => line.split(",").length === lines[0].split(",").length));
  const series = JSON.parse((await save(page, "series.json")).toString());
  assert.equal(series.length, lines.length - 1);
  assert.equal(JSON.parse((await save(page, "sample.json")).toString()).workers, 10);
  assert.match((await save(page, "metrics.txt")).toString(), /^zombie_pool_zombie_workers \d+/m);
  assert.deepEqual([...(await save(page, "pool.png")).subarray(1, 4)], [..."PNG"].map((c) => c.charCodeAt(0)));
  const toml = (await save(page, "scenario.toml")).toString();
  assert.match(toml, /fix_health/);

  const wrong = join(tmpdir(), "wrong.toml");
  writeFileSync(wrong, toml.replace(/seed = \d+/, "seed = -1"));
  await page.setInputFiles("#file", wrong);
  assert.match(await page.innerText("dialog[role=alertdialog]"), /scenario file.*Nothing was changed/s);
  await page.click("#dialog-close");
  await page.click("#save");
  const mine = join(tmpdir(), "mine.toml");
  writeFileSync(mine, toml.replace('name = "zombie"', 'name = "my-night"').replace(/seed = \d+/, "seed = 99"));
  await page.setInputFiles("#file", mine);
  await page.waitForSelector("dialog", { state: "detached" });
  assert.equal(await page.inputValue("#seed"), "99");
  assert.equal(await page.inputValue("#scenario"), "my-night");
}

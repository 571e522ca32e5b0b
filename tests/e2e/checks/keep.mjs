import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const name = "series, metrics, picture and scenario can be taken away, and a scenario brought back";

async function take(page, file) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.click(`[data-file="${file}"]`)]);
  assert.equal(download.suggestedFilename(), file);
  return readFileSync(await download.path());
}

export async function run(page) {
  await page.fill("#speed", "85");
  await page.waitForTimeout(4000);
  await page.click("#play");
  await page.check("#fix_health");
  await page.locator("#chart-memory").scrollIntoViewIfNeeded();
  const figure = page.locator(".chart", { has: page.locator("#chart-memory") });
  await figure.locator("summary").click();
  for (const [button, file, head] of [["SVG", "memory.svg", /^<svg|^<\?xml/], ["PNG", "memory.png", /^.PNG/]]) {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      figure.getByRole("button", { name: button }).click(),
    ]);
    assert.equal(download.suggestedFilename(), file);
    assert.match(readFileSync(await download.path()).toString("latin1"), head);
  }
  await page.click("#keep");
  const csv = (await take(page, "series.csv")).toString();
  const lines = csv.trim().split("\n");
  assert.match(lines[0], /^t_s,.*memory/);
  assert.ok(lines.length > 60 && lines.every((line) => line.split(",").length === lines[0].split(",").length));
  const series = JSON.parse((await take(page, "series.json")).toString());
  assert.equal(series.length, lines.length - 1);
  assert.equal(JSON.parse((await take(page, "sample.json")).toString()).workers, 10);
  assert.match((await take(page, "metrics.txt")).toString(), /^zombie_pool_zombie_workers \d+/m);
  assert.deepEqual([...(await take(page, "pool.png")).subarray(1, 4)], [..."PNG"].map((c) => c.charCodeAt(0)));
  const toml = (await take(page, "scenario.toml")).toString();
  assert.match(toml, /fix_health/);

  const wrong = join(tmpdir(), "wrong.toml");
  writeFileSync(wrong, toml.replace(/seed = \d+/, "seed = -1"));
  await page.setInputFiles("#file", wrong);
  assert.match(await page.innerText("[role=alertdialog]"), /scenario file.*Nothing was changed/s);
  await page.click("#over-close");
  await page.click("#keep");
  const mine = join(tmpdir(), "mine.toml");
  writeFileSync(mine, toml.replace('name = "zombie"', 'name = "my-night"').replace(/seed = \d+/, "seed = 99"));
  await page.setInputFiles("#file", mine);
  await page.waitForSelector(".dialog", { state: "detached" });
  assert.equal(await page.inputValue("#seed"), "99");
  assert.equal(await page.inputValue("#scenario"), "my-night");
}

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { library, mounted } from "../browser.mjs";
import { serve } from "../server.mjs";
import { until } from "../page.mjs";

export const name = "the page is there without a network, whole; a new version waits, is offered, and is taken whole";
export const alone = true;
// Only it can be told to take another host's name for safe.
export const only = "chromium";

const HOST = "pool.example";
const version = (page) => page.evaluate(() => document.documentElement.dataset.version ?? "first");
const kept = (page) =>
  page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith("zombie-workers-")).length);

export async function run(_page, { url: own, dist }) {
  const folder = mkdtempSync(join(tmpdir(), "zombie-workers-"));
  cpSync(dist, folder, { recursive: true });
  let server = await serve(folder);
  const { port } = new URL(server.url);
  const url = server.url.replace("127.0.0.1", HOST);
  const browser = await library("playwright-core").chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", `--host-resolver-rules=MAP ${HOST} 127.0.0.1`, `--unsafely-treat-insecure-origin-as-secure=http://${HOST}:${port}`],
  });
  try {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(url);
    await mounted(page);
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    assert.equal(await kept(page), 1);

    // Without a network: any link, the night's file, and the lab's workers.
    await context.setOffline(true);
    server.close();
    await page.goto(`${url}?view=night&ch=2`);
    await mounted(page);
    await page.waitForSelector(".question:not([disabled])");

    // A second version, while the first is open; one file of it is missing at first.
    const index = join(folder, "index.html");
    const text = readFileSync(index, "utf8");
    writeFileSync(index, text.replace("<html ", '<html data-version="second" ').replace("./icon.svg", "./icon-2.svg"));
    server = await serve(folder, Number(port));
    await context.setOffline(false);
    await page.reload();
    await mounted(page);
    assert.equal(await version(page), "first", "what was kept is shown");
    await page.evaluate(() => navigator.serviceWorker.controller.postMessage("look"));
    await page.waitForResponse((response) => response.url().endsWith("icon-2.svg"), { timeout: 5000 }).catch(() => null);
    assert.equal(await kept(page), 1, "half a version is not kept");
    assert.equal(await page.locator("#new-version").count(), 0);
    cpSync(join(folder, "icon.svg"), join(folder, "icon-2.svg"));
    await page.reload();
    await mounted(page);
    await page.waitForSelector("#new-version");
    assert.equal(await version(page), "first", "it waits");
    await page.click("#new-version button");
    await page.waitForFunction(() => document.documentElement.dataset.version === "second");
    await mounted(page);
    assert.match(page.url(), /view=night&ch=2/, "the address stays");
    await context.setOffline(true);
    server.close();
    await page.goto(`${url}?scenario=incident&paused=1`);
    await mounted(page);
    assert.equal(await version(page), "second");

    // On one's own machine nothing is kept.
    await context.setOffline(false);
    await page.goto(own);
    await mounted(page);
    assert.equal((await page.evaluate(() => navigator.serviceWorker.getRegistrations())).length, 0);
  } finally {
    await browser.close();
    server.close();
    rmSync(folder, { recursive: true });
  }
}

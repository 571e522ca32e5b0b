// A smoke check of the built page in WebKitGTK: scripts/test e2e-webkit
//
// MiniBrowser, driven by WebKitWebDriver: the page stands, plays, takes a click, and shows of the
// incident at 04:03:15 the figures of the report, as every other engine does.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { dirname, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { library } from "./browser.mjs";
import { serve } from "./server.mjs";

const { Builder, By, until } = library("selenium-webdriver");
const BROWSER = process.env.MINIBROWSER;
const PATIENCE = 60_000;

// A port that is free now.
async function freePort() {
  const server = createServer();
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

async function begin(port) {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await new Builder()
        .usingServer(`http://127.0.0.1:${port}`)
        .withCapabilities({
          browserName: "MiniBrowser",
          "webkitgtk:browserOptions": { binary: BROWSER, args: ["--automation"] },
        })
        .build();
    } catch (error) {
      if (attempt === 50) throw error;
      await sleep(100);
    }
  }
}

const read = (browser, script) => browser.executeScript(`return ${script}`);

// Waits until the script holds in the page.
const holds = (browser, script) => browser.wait(() => read(browser, script), PATIENCE, script);

async function check(browser, url) {
  await browser.get(url);
  await browser.wait(until.elementLocated(By.css("#stage")), PATIENCE);
  await holds(browser, 'document.querySelector("#boot") === null');
  const clock = await read(browser, 'document.querySelector(".clock").innerText');
  await holds(browser, `document.querySelector(".clock").innerText > "${clock}"`);
  await browser.findElement(By.id("play")).click();
  await holds(browser, 'document.querySelector("#play").innerText.includes("Play")');

  await browser.get(`${url}?scenario=incident&t=1575&paused=1`);
  await holds(browser, 'document.querySelector(".clock")?.innerText === "04:03:15"');
  const page = await read(browser, "document.body.innerText");
  for (const figure of ["37", "8,743", "127"]) assert.ok(page.includes(figure), `no ${figure} in ${page}`);
}

const server = await serve(resolve(dirname(fileURLToPath(import.meta.url)), "../../dist"));
const port = await freePort();
const driver = spawn("WebKitWebDriver", [`--port=${port}`], { stdio: "inherit" });
let browser;
try {
  browser = await begin(port);
  await check(browser, server.url);
  console.log("webkit: 1 passed, 0 failed");
} catch (error) {
  console.log(`FAILED webkit\n  ${error.message.slice(0, 2000)}`);
  process.exitCode = 1;
}
await browser?.quit().catch(() => {});
driver.kill();
server.close();

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { mounted } from "../browser.mjs";
import { until } from "../page.mjs";

export const name = "in a frame the page plays, pauses, seeks and tells its state and height to the page around it, and to no other";
export const alone = true;

const example = fileURLToPath(new URL("../../../docs/embed.html", import.meta.url));

export async function run(page, { url }) {
  await page.route(`${url}embed.html`, (route) => route.fulfill({ contentType: "text/html", body: readFileSync(example, "utf8") }));
  await page.goto(`${url}embed.html`);
  const frame = page.frames()[1];
  await mounted(frame);
  const clock = () => page.innerText("#clock");
  await until(page, () => document.querySelector("#clock").textContent === "03:37:00");
  await until(page, () => document.querySelector("iframe").style.height.endsWith("px"));
  await page.click("#seek");
  await until(page, () => document.querySelector("#clock").textContent === "04:03:15");
  await until(page, () => document.querySelector("#zombies").textContent === "37");
  await page.click("#play");
  await until(page, () => document.querySelector("#clock").textContent > "04:03:16");
  await page.click("#pause");
  await frame.waitForSelector("#play:has-text('Play')");

  // What is wrong is answered by name, and a frame beside it is not heard.
  const answer = await page.evaluate(
    () =>
      new Promise((done) => {
        addEventListener("message", (event) => event.data.includes("error") && done(event.data));
        document.querySelector("iframe").contentWindow.postMessage('sek "3', "*");
      }),
  );
  assert.match(JSON.parse(answer).why, /`seek`/);
  const before = await clock();
  await frame.evaluate(() => window.postMessage("seek 10", "*"));
  await page.click("#seek");
  await until(page, () => document.querySelector("#clock").textContent === "04:03:15");
  assert.notEqual(before, "03:37:10");

  // The code of a frame is copied from the list of links.
  await page.goto(`${url}?scenario=incident&paused=1`);
  await mounted(page);
  await page.click("#share");
  assert.match(await page.inputValue("#frame"), /^<iframe src="http:[^"]*embed=1"[^>]*><\/iframe>$/);
}

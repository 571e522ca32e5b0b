// Takes pictures of the built page: node tests/e2e/shots.mjs FOLDER [--wait S] [--query Q]
// [--click SELECTOR] [--only WIDTHxHEIGHT]

import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { launch, mounted, open } from "./browser.mjs";
import { serve } from "./server.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    wait: { type: "string", default: "10" },
    query: { type: "string", default: "" },
    click: { type: "string", multiple: true, default: [] },
    only: { type: "string" },
  },
});
const folder = resolve(positionals[0] ?? "shots");
mkdirSync(folder, { recursive: true });

const VIEWS = [
  ["1440x900-light", 1440, 900, { colorScheme: "light" }],
  ["1440x900-dark", 1440, 900, { colorScheme: "dark" }],
  ["1920x1080-light", 1920, 1080, { colorScheme: "light" }],
  ["390x844-light", 390, 844, { colorScheme: "light", hasTouch: true, isMobile: true }],
  ["390x844-dark", 390, 844, { colorScheme: "dark", hasTouch: true, isMobile: true }],
  ["1440x900-reduced", 1440, 900, { colorScheme: "light", reducedMotion: "reduce" }],
];

const server = await serve(resolve("dist"));
const browser = await launch();
for (const [name, width, height, look] of VIEWS) {
  if (values.only && !name.startsWith(values.only)) continue;
  const { page, context, complaints } = await open(browser, { viewport: { width, height }, ...look });
  await page.goto(server.url + values.query);
  await mounted(page);
  for (const selector of values.click) await page.click(selector);
  await page.waitForTimeout(Number(values.wait) * 1000);
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: width < 500 });
  console.log(name, complaints.length ? complaints.join("; ") : "no complaints");
  await context.close();
}
await browser.close();
server.close();

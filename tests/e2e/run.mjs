// Plays the built page in Chromium: every file in checks/ is one check, which exports `name`,
// `run(page, { url, dist, open })`, and, if the page is expected to complain, `complains = true`.

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { launch, mounted, open } from "./browser.mjs";
import { serve } from "./server.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const dist = resolve(here, "../../dist");
const only = process.argv[2];

const server = await serve(dist);
const browser = await launch();
let failed = 0;
let passed = 0;
for (const file of readdirSync(join(here, "checks")).sort()) {
  if (!file.endsWith(".mjs") || (only && !file.includes(only))) continue;
  const check = await import(`./checks/${file}`);
  const { page, context, complaints } = await open(browser, check.options);
  try {
    if (!check.alone) {
      await page.goto(server.url + (check.query ?? ""));
      await mounted(page);
    }
    await check.run(page, { url: server.url, dist });
    if (!check.complains) assert.deepEqual(complaints, [], "the page complained");
    passed += 1;
    console.log(`ok ${check.name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED ${check.name}\n  ${error.message.slice(0, 2000)}\n  ${complaints.join("\n  ")}`);
  }
  await context.close();
}
await browser.close();
server.close();
console.log(`end to end: ${passed} passed, ${failed} failed`);
process.exit(failed || !passed ? 1 : 0);

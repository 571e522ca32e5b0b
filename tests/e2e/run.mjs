// Plays the built page in a browser: node tests/e2e/run.mjs [--engine firefox] [CHECK]
//
// Every file in checks/ is one check, which exports `name`, `run(page, { url, dist })` and, where it
// is so, `complains = true` (the page is expected to), `alone = true` (it opens the page itself), and
// `only = "chromium"` with a word of why (it needs what only that engine has).

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { launch, mounted, open } from "./browser.mjs";
import { serve } from "./server.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const dist = resolve(here, "../../dist");
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { engine: { type: "string", default: "chromium" } },
});
const { engine } = values;
const [named] = positionals;

const server = await serve(dist);
const browser = await launch(engine);
let failed = 0;
let passed = 0;
let left = 0;
for (const file of readdirSync(join(here, "checks")).sort()) {
  if (!file.endsWith(".mjs") || (named && !file.includes(named))) continue;
  const check = await import(`./checks/${file}`);
  if (check.only && check.only !== engine) {
    left += 1;
    continue;
  }
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
console.log(`end to end in ${engine}: ${passed} passed, ${failed} failed; ${left} are for another engine`);
process.exit(failed || !passed ? 1 : 0);

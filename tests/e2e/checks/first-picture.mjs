import assert from "node:assert/strict";

export const name = "over 10 Mbit/s and with a processor slowed four times, the first picture stands early";
export const alone = true;
// The network and the processor are slowed by its own tools.
export const only = "chromium";

// The promise is made for a machine that does nothing else: `node tests/e2e/run.mjs first-picture`
// prints whether it is kept. Others on the same two cores make a load several times slower, and the
// slowed processor makes that worse, so it is checked with room for them.
const PROMISED_MS = 1000;
const ROOM = 5;
// Other work only ever makes a load slower: the quickest of some is the page's own.
const LOADS = 5;

// Notes when the picture of the stage is drawn, and when it is on the screen: a frame later.
function watch() {
  const { fill } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.fill = function (...how) {
    if (!window.drawn && this.canvas.closest("#stage")) {
      window.drawn = performance.now();
      window.elements = document.querySelectorAll("#app *").length;
      requestAnimationFrame(() => (window.shown = performance.now()));
    }
    return fill.apply(this, how);
  };
}

// Loads the page as a visitor does who has never been there; milliseconds until each step.
async function load(browser, url) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const tools = await context.newCDPSession(page);
  await page.addInitScript(watch);
  await tools.send("Network.enable");
  await tools.send("Network.setCacheDisabled", { cacheDisabled: true });
  const bytes = 10e6 / 8;
  const network = { offline: false, latency: 40, downloadThroughput: bytes, uploadThroughput: bytes };
  await tools.send("Network.emulateNetworkConditions", network);
  await tools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await page.goto(url);
  await page.waitForFunction(() => window.shown);
  const steps = await page.evaluate(() => {
    const wasm = performance.getEntriesByType("resource").find((entry) => entry.name.endsWith(".wasm"));
    return { loaded: wasm.responseEnd, drawn: window.drawn, shown: window.shown, early: window.elements };
  });
  await page.waitForSelector(".panel");
  const elements = await page.evaluate(() => document.querySelectorAll("#app *").length);
  await context.close();
  return { ...steps, elements };
}

export async function run(page, { url }) {
  const browser = page.context().browser();
  let best = Infinity;
  for (let count = 0; count < LOADS; count += 1) {
    const { loaded, drawn, shown, early, elements } = await load(browser, url);
    assert.ok(early < elements / 2, `${early} of ${elements} elements stand before the picture`);
    const round = (millis) => millis.toFixed(0).padStart(5);
    console.log(`  ${round(loaded)} ms until loaded,${round(drawn)} until drawn,${round(shown)} until shown`);
    best = Math.min(best, shown);
  }
  console.log(`   ${best.toFixed(0)} ms at best: within a second is ${best <= PROMISED_MS ? "kept" : "missed"}`);
  assert.ok(best <= PROMISED_MS * ROOM, `${best.toFixed(0)} ms`);
}

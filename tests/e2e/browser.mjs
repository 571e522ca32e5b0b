// Chromium and Firefox, and a watch on everything a page complains about or asks other hosts for.

import { createRequire } from "node:module";

// Where scripts/test keeps them, unless told otherwise.
const cache = process.env.XDG_CACHE_HOME ?? `${process.env.HOME}/.cache`;
const modules = process.env.NODE_PATH ?? `${cache}/zombie-workers/node_modules`;
const require = createRequire(`${modules}/`);
export const library = (name) => require(name);

const { chromium, firefox } = library("playwright-core");

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const axe = () => require.resolve("axe-core/axe.min.js");

// How each engine is started. Firefox is the system's own, driven by WebDriver BiDi, which cannot
// emulate what a user prefers: a context in it leaves that alone.
export const ENGINES = {
  chromium: {
    start: () =>
      chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", headless: true, args: FLAGS }),
    context: {},
  },
  firefox: {
    start: () =>
      firefox.launch({ channel: "moz-firefox", executablePath: process.env.FIREFOX ?? "/usr/bin/firefox-esr", headless: true }),
    context: { colorScheme: null, reducedMotion: null, forcedColors: null, contrast: null },
  },
};

export const launch = (engine = "chromium") => ENGINES[engine].start();

// A new page in a browser context of its own, with the list of its complaints.
export async function open(browser, options = {}) {
  const { context: own } = ENGINES[browser.browserType().name()];
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...own, ...options });
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => {
    const type = message.type();
    if (type === "error" || type === "warning") complaints.push(`${type}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`page error: ${error.message}`));
  page.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    const own = hostname === "127.0.0.1" || protocol === "data:" || protocol === "blob:";
    if (!own) complaints.push(`request to another host: ${request.url()}`);
  });
  return { page, context, complaints };
}

// Waits until the app stands.
export const mounted = (page) => page.waitForSelector("#boot", { state: "detached", timeout: 30000 });

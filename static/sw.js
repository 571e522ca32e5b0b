// Keeps the page for when there is no network: all of a version or nothing, under the hash of the
// page's own text, which names all of its files. A new version waits until somebody takes it.

const PREFIX = "zombie-workers-";
// Which version is shown is kept in a cache of its own.
const CHOICE = "zombie-workers";
const CHOSEN = "./chosen";
// What the page fetches later and does not name in its text.
const LATER = ["./night.txt", "./lab-worker.js"];

async function chosen() {
  const answer = await (await caches.open(CHOICE)).match(CHOSEN);
  return answer && (await answer.text());
}

async function choose(version) {
  await (await caches.open(CHOICE)).put(CHOSEN, new Response(version));
}

async function hash(text) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return [...bytes.slice(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function fetched(path) {
  const response = await fetch(path, { cache: "reload" });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response;
}

// Fetches the newest version whole, unless it is here already; tells which it is.
async function newest() {
  const page = await fetched("./");
  const text = await page.clone().text();
  const version = PREFIX + (await hash(text));
  if (await caches.has(version)) return version;
  const named = [...text.matchAll(/(?:href|src|data-glue|data-wasm)="(\.\/[^"]+)"/g)].map(([, path]) => path);
  const paths = [...new Set([...named, ...LATER])];
  const files = await Promise.all(paths.map(fetched));
  const cache = await caches.open(version);
  try {
    await Promise.all(paths.map((path, place) => cache.put(path, files[place])));
    await cache.put("./", page);
  } catch (error) {
    await caches.delete(version);
    throw error;
  }
  return version;
}

async function tell(message) {
  for (const client of await self.clients.matchAll()) client.postMessage(message);
}

// Looks for a newer version; one that is there whole is offered. Without a network there is none.
async function look() {
  const version = await newest().catch(() => null);
  if (version && version !== (await chosen())) await tell("waiting");
}

// Takes the newest version; the one before stays for pages that are still open.
async function take() {
  const before = await chosen();
  const version = await newest();
  await choose(version);
  const old = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== version && name !== before);
  await Promise.all(old.map((name) => caches.delete(name)));
  await tell("taken");
}

async function answer(request, path) {
  const version = await chosen();
  const kept = version && (await (await caches.open(version)).match(path, { ignoreSearch: true }));
  // A page of the version before may still ask for its own files.
  return kept ?? (await caches.match(request, { ignoreSearch: true })) ?? fetch(request);
}

self.addEventListener("install", (event) => {
  event.waitUntil(newest().then(async (version) => (await chosen()) ?? choose(version)));
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  if (event.data === "look") event.waitUntil(look());
  if (event.data === "take") event.waitUntil(take());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const scope = new URL("./", self.registration.scope);
  const url = new URL(request.url);
  if (request.method !== "GET" || request.cache === "reload" || !url.href.startsWith(scope.href)) return;
  const path = url.pathname === scope.pathname ? "./" : `./${url.pathname.slice(scope.pathname.length)}`;
  event.respondWith(answer(request, path));
});

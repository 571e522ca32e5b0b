import assert from "node:assert/strict";

export const name = "without its wasm the page says so instead of staying blank";
export const alone = true;
export const complains = true;

export async function run(page, { url }) {
  await page.route("**/*.wasm", (route) => route.fulfill({ status: 404, body: "" }));
  await page.goto(url);
  await page.waitForSelector("#boot-error", { state: "visible" });
  assert.match(await page.locator("#boot-reason").textContent(), /could not be loaded \(404\)/);
}

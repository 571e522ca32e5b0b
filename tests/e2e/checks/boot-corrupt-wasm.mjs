import assert from "node:assert/strict";

export const name = "a corrupt wasm is reported, with a way to try again";
export const alone = true;
export const complains = true;

export async function run(page, { url }) {
  await page.route("**/*.wasm", (route) =>
    route.fulfill({ status: 200, contentType: "application/wasm", body: "not wasm at all" }),
  );
  await page.goto(url);
  await page.waitForSelector("#boot-error", { state: "visible" });
  assert.match(await page.locator("#boot-reason").textContent(), /WebAssembly|magic/i);
  await page.unroute("**/*.wasm");
  await page.getByRole("button", { name: "Try again" }).click();
  await page.waitForSelector("#boot", { state: "detached" });
}

export const name = "the page mounts and the boot screen goes";

export async function run(page) {
  await page.waitForSelector("#app canvas");
  if (await page.locator("#boot").count()) throw new Error("#boot is still there");
}

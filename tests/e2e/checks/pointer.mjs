import assert from "node:assert/strict";
import { milestones, pause } from "../page.mjs";

export const name = "a click on a hung worker tells why it is stuck";

export async function run(page) {
  await page.fill("#speed", "80");
  await milestones(page, 2);
  await pause(page);
  const box = await page.locator("#stage").boundingBox();
  // Somewhere on the floor is the one that hangs: look at them one after the other.
  for (let y = 0.2; y < 0.8; y += 0.08) {
    for (let x = 0.18; x < 0.7; x += 0.04) {
      await page.mouse.click(box.x + box.width * x, box.y + box.height * y);
      if (await page.locator(".inspector.stuck").count()) {
        assert.match(await page.innerText(".inspector .why"), /will never finish|lock/);
        assert.match(await page.innerText(".inspector .strace"), /FUTEX_WAIT|spinning/);
        return;
      }
    }
  }
  assert.fail("nobody on the floor is stuck");
}

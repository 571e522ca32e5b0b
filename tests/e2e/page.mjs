// What checks do with the page: they wait for conditions, never for a time.


// Waits until the page's script holds: `until(page, () => …, argument)`.
export const until = (page, holds, argument = null, timeout = 60000) => page.waitForFunction(holds, argument, { timeout });

// Waits until so many milestones are reached.
export const milestones = (page, count) =>
  until(page, (count) => document.querySelectorAll(".story .reached").length >= count, count);

// Waits until the clock shows this time.
export const clockShows = (page, time) => until(page, (time) => document.querySelector(".clock").innerText === time, time);

// Waits until the page has been refreshed twice: what happened before is seen then.
export async function refreshed(page) {
  await page.evaluate(
    () =>
      new Promise((done) => {
        const stage = document.querySelector("#stage");
        const begin = Number(stage.dataset.renders);
        const look = () => (Number(stage.dataset.renders) >= begin + 2 ? done() : requestAnimationFrame(look));
        look();
      }),
  );
}

export const clock = (page) => page.innerText(".clock");

// Pauses, and waits until that is seen.
export async function pause(page) {
  await page.click("#play");
  await page.waitForSelector("#play:has-text('Play')");
  await refreshed(page);
}

// Types into a field in the place of what it holds, as a user does, and presses Enter: a value that
// a script puts there is no change to Firefox.
export async function type(page, field, value) {
  await page.focus(field);
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type(value);
  await page.keyboard.press("Enter");
}

// Sets a knob by its field, in the open or among all settings.
export async function set(page, knob, value) {
  const field = (await page.locator(`#knob-${knob}`).count()) ? `#knob-${knob}` : `#setting-${knob}`;
  await type(page, field, value);
}

// Clicks and takes the file that comes of it.
export async function download(page, click) {
  const [file] = await Promise.all([page.waitForEvent("download"), click()]);
  return file;
}

// What has the focus: the id of it, or of what it lies in.
export const focused = (page) =>
  page.evaluate(() => document.activeElement.id || document.activeElement.closest("[id]")?.id || "");


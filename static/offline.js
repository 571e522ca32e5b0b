// Has the page kept for when there is no network, and offers a new version when one is there. Not
// on a developer's own machine, where every build is new, nor in a frame of another page.

const OWN = ["localhost", "127.0.0.1", "[::1]"];

function offer(worker) {
  if (document.getElementById("new-version")) return;
  const bar = document.createElement("div");
  bar.id = "new-version";
  bar.setAttribute("role", "status");
  bar.append("There is a new version of this page. ");
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Take it";
  button.addEventListener("click", () => worker.postMessage("take"));
  bar.append(button);
  document.body.append(bar);
}

async function keep() {
  const container = navigator.serviceWorker;
  if (!container || window.top !== window || OWN.includes(location.hostname)) return;
  container.addEventListener("message", ({ data, source }) => {
    if (data === "waiting") offer(source);
    // What stands in the address stays.
    if (data === "taken") location.reload();
  });
  await container.register("./sw.js");
  const { active } = await container.ready;
  active.postMessage("look");
}

// Whoever cannot keep the page still has it.
keep().catch((error) => console.info(`This page is not kept for later: ${error.message}`));

// Loads the simulation, shows how far it is, and says what went wrong instead of leaving a blank
// page. The app removes #boot when it stands.

const tag = document.querySelector("script[data-glue]");
const find = (id) => document.getElementById(id);

function fail(reason) {
  const boot = find("boot");
  if (!boot) return; // The app stands: its own crash page is in charge.
  find("boot-word").hidden = true;
  find("boot-progress").hidden = true;
  find("boot-reason").textContent = String(reason?.message ?? reason);
  find("boot-error").hidden = false;
}

// How many times smaller a host's packing makes the program, about.
const PACKED = 2.6;

// A response whose body counts itself as it comes in.
function counted(response) {
  const packed = response.headers.get("content-encoding") ? PACKED : 1;
  const total = packed * Number(response.headers.get("content-length")) || 1e6;
  let got = 0;
  const count = new TransformStream({
    transform(chunk, out) {
      got += chunk.byteLength;
      find("boot-progress")?.setAttribute("value", String(Math.min(99, (100 * got) / total)));
      out.enqueue(chunk);
    },
  });
  const headers = { "content-type": "application/wasm" };
  return new Response(response.body.pipeThrough(count), { headers });
}

async function load(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} could not be loaded (${response.status})`);
  return counted(response);
}

async function boot() {
  if (typeof WebAssembly !== "object") throw new Error("This browser has no WebAssembly.");
  const { glue, wasm } = tag.dataset;
  const at = (path) => new URL(path, document.baseURI).href;
  const compiled = WebAssembly.compileStreaming(load(at(wasm)));
  const [{ default: init }, module] = await Promise.all([import(at(glue)), compiled]);
  // The workers of the lab run the same program.
  window.zombieWorkers = { glue: at(glue), module };
  await init({ module_or_path: module });
}

window.addEventListener("error", (event) => fail(event.error ?? event.message));
window.addEventListener("unhandledrejection", (event) => fail(event.reason));
find("boot-again").addEventListener("click", () => location.reload());
boot().catch(fail);

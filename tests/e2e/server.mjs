// Serves the built page from a folder deep in a host, to prove that its paths are relative; gzipped,
// as hosts of static pages do.

import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { gzipSync } from "node:zlib";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".json": "application/json",
  ".txt": "text/plain; charset=utf-8",
};
const FOLDER = "/some/where/";

// Serves `dist`, at a port if one is named.
export async function serve(dist, wanted = 0) {
  const zipped = new Map();
  const zip = (file) => {
    if (!zipped.has(file)) zipped.set(file, gzipSync(readFileSync(file)));
    return zipped.get(file);
  };
  // Links that are far too long must reach the page, so that it can refuse them.
  const server = createServer({ maxHeaderSize: 1 << 20 }, (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const inside = pathname.startsWith(FOLDER) && pathname.slice(FOLDER.length);
    const file = join(dist, normalize(inside === "" ? "index.html" : inside || "/none"));
    if (inside === false || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end();
      return;
    }
    const body = zip(file);
    response.writeHead(200, {
      "content-type": TYPES[extname(file)] ?? "application/octet-stream",
      "content-encoding": "gzip",
      "content-length": body.length,
    });
    response.end(body);
  });
  await new Promise((ready) => server.listen(wanted, "127.0.0.1", ready));
  const { port } = server.address();
  return {
    url: `http://127.0.0.1:${port}${FOLDER}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

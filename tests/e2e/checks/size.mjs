import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

export const name = "all of it is at most 400 KB gzipped";
export const alone = true;

export async function run(_page, { dist }) {
  const sizes = readdirSync(dist).map((file) => {
    const size = gzipSync(readFileSync(join(dist, file)), { level: 9 }).length;
    console.log(`   ${String(size).padStart(7)} ${file}`);
    return size;
  });
  const total = sizes.reduce((sum, size) => sum + size, 0);
  console.log(`   ${String(total).padStart(7)} in all`);
  assert.ok(total <= 400_000, `${total} bytes`);
}

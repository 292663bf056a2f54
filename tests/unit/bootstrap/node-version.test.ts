import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { canRun } from "#lib/bootstrap/node-version.mjs";

it("accepts a Node only if it starts", () => {
  const folder = mkdtempSync(join(tmpdir(), "tidemark-node-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  // Like a program for another C library, it exists but its loader does not.
  const foreign = join(folder, "node");
  writeFileSync(foreign, "#!/lib/ld-of-another-library\n");
  chmodSync(foreign, 0o755);
  expect([process.execPath, foreign, join(folder, "none")].map((file) => canRun(file))).toEqual([
    true,
    false,
    false,
  ]);
});

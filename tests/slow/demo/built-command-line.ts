import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundlePrograms } from "#lib/packaging/package/bundle.ts";

const root = join(import.meta.dirname, "../../..");

export interface BuiltCommandLine {
  bin: string;
  remove(): void;
}

/**
 * Builds the command line as the package has it, in a folder of its own and executable as npm makes it. `bin`
 * goes on the PATH.
 */
export async function buildCommandLine(): Promise<BuiltCommandLine> {
  const folder = mkdtempSync(join(tmpdir(), "tidemark-built-"));
  const bin = join(folder, "bin");
  cpSync(join(root, "lib/bootstrap"), join(folder, "lib/bootstrap"), { recursive: true });
  cpSync(join(root, "package.json"), join(folder, "package.json"));
  await bundlePrograms(root, join(folder, "dist"), ["cli/main"]);
  chmodSync(join(folder, "lib/bootstrap/tidemark.mjs"), 0o755);
  mkdirSync(bin);
  symlinkSync("../lib/bootstrap/tidemark.mjs", join(bin, "tidemark"));
  return { bin, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

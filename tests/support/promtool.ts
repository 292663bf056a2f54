import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { it } from "vitest";
import { findPromtool } from "#lib/bootstrap/find-promtool.mjs";

const program = findPromtool();
const canBeHad = process.env.CI !== undefined || existsSync("/usr/bin/apt-get");

export const itWithPromtool = it.skipIf(program === null && !canBeHad);

export async function promtool(args: readonly string[], input = ""): Promise<{ code: number; said: string }> {
  if (program === null) {
    throw new Error("promtool is missing: `npm test` fetches it, or name one in PROMTOOL_PATH.");
  }
  return new Promise((resolve) => {
    const child = execFile(program, [...args], (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), said: stdout + stderr });
    });
    child.stdin?.end(input);
  });
}

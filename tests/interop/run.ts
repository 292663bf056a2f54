// Tries every SDK that this machine has against the dashboard: npm run interop [-- python go] [-- --all].
// Usage and what each SDK needs: tests/interop/README.md.
import { spawnSync } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { recordedFolder } from "./recorded.ts";
import { readReport, resultsOf, type TriedCase } from "./report.ts";
import { lastResults, type Results, resultsFile } from "./results.ts";
import { built, room, type Sdk, sdks } from "./sdks.ts";
import { availableSdks, setUp } from "./setup.ts";

const wanted = process.argv.slice(2).filter((argument) => argument !== "--all");
const isWholeTable = process.argv.includes("--all");
const vitest = join(createRequire(import.meta.url).resolve("vitest/package.json"), "../vitest.mjs");

/** @param only of these SDKs, the cases that are wanted; empty: all */
function runTable(
  chosen: readonly Sdk[],
  only: readonly TriedCase[] = [],
): { ok: boolean; tried: TriedCase[] } {
  const report = join(built, "report.json");
  rmSync(report, { force: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const { status } = spawnSync(process.execPath, [vitest, "run", "--project", "interop", ...reporters], {
    cwd: join(room, "../.."),
    stdio: "inherit",
    env: {
      ...process.env,
      TIDEMARK_INTEROP_SDKS: chosen.map(({ id }) => id).join(","),
      TIDEMARK_INTEROP_ALL: String(isWholeTable),
      TIDEMARK_INTEROP_ONLY: only.map(({ sdk, title }) => `${sdk}: ${title}`).join("\n"),
    },
  });
  return { ok: status === 0, tried: existsSync(report) ? readReport(report) : [] };
}

/** One line for each case, of all SDKs. */
function summary(tried: readonly TriedCase[]): string {
  const titles = [...new Set(tried.map(({ title }) => title))];
  return titles
    .map((title) => {
      const of = tried.filter((each) => each.title === title);
      const failed = of.filter(({ passed }) => !passed).map(({ sdk }) => sdk);
      return `${title}: ${of.length - failed.length} of ${of.length}${failed.length === 0 ? "" : `, not ${failed.join(", ")}`}`;
    })
    .join("\n");
}

/** These results in place of the same SDKs' last ones. */
function merged({ sdks: tried }: Results): Results {
  const last = lastResults()?.sdks ?? [];
  const of = (id: string) => tried.find((one) => one.id === id) ?? last.find((one) => one.id === id);
  return { sdks: sdks.flatMap(({ id }) => of(id) ?? []) };
}

/** What each SDK wrote, for the readers' unit tests; those of earlier releases stay. */
function keepRecorded(tried: readonly TriedCase[]): void {
  for (const { sdk, findings } of tried) {
    const version = sdks.find(({ id }) => id === sdk)?.version;
    if (findings.recorded === undefined || version === undefined) continue;
    const kept = { sdk, version, groups: findings.recorded };
    writeFileSync(join(recordedFolder, `${sdk}-${version}.json`), `${JSON.stringify(kept, null, 2)}\n`);
  }
}

try {
  const chosen = availableSdks(wanted);
  if (chosen.length === 0) throw new Error("There is nothing to try.");
  setUp(chosen);
  let { ok, tried } = runTable(chosen);
  const failed = tried.filter(({ passed }) => !passed);
  if (!ok && failed.length > 0) {
    // Processes of six runtimes on a busy machine: what fails beside the others has to hold alone.
    console.log(`Tried again, alone: ${failed.map(({ sdk, title }) => `${sdk}, ${title}`).join("; ")}.`);
    const again = runTable(chosen, failed);
    const isSame = (one: TriedCase, other: TriedCase) => one.sdk === other.sdk && one.title === other.title;
    tried = tried.map((one) => again.tried.find((other) => isSame(one, other)) ?? one);
    ok = again.ok && tried.every(({ passed }) => passed);
  }
  const file = isWholeTable ? resultsFile : join(built, "results.json");
  if (tried.length === 0) throw new Error("The table did not run.");
  const results = resultsOf(tried, chosen);
  if (isWholeTable) keepRecorded(tried);
  writeFileSync(file, `${JSON.stringify(isWholeTable ? merged(results) : results, null, 2)}\n`);
  if (isWholeTable) spawnSync("biome", ["format", "--write", file, recordedFolder], { stdio: "inherit" });
  console.log(`${summary(tried)}\n.NET is left out: it has no worker yet. The results are in ${file}.`);
  process.exitCode = ok ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

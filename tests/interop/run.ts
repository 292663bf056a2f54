// Tries every SDK that this machine has against the dashboard:
// `npm run interop [-- python go] [-- --all | --only=TITLE …]`.
// Usage and what each SDK needs: tests/interop/README.md.
import { spawnSync } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { recordedFolder } from "./recorded.ts";
import { readReport, resultsOf, type TriedCase } from "./report.ts";
import { lastResults, type Results, resultsFile } from "./results.ts";
import { built, room, runFolder, type Sdk, sdks } from "./sdks.ts";
import { availableSdks, setUp } from "./setup.ts";

const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const only = process.argv.flatMap((argument) => /^--only=(.+)$/.exec(argument)?.[1] ?? []);
const isKept = process.argv.includes("--all");
const vitest = join(createRequire(import.meta.url).resolve("vitest/package.json"), "../vitest.mjs");

function runTable(chosen: readonly Sdk[]): { ok: boolean; tried: TriedCase[] } {
  const ids = chosen.map(({ id }) => id).join(",");
  const report = join(runFolder(ids), "report.json");
  rmSync(runFolder(ids), { force: true, recursive: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const { status } = spawnSync(process.execPath, [vitest, "run", "--project", "interop", ...reporters], {
    cwd: join(room, "../.."),
    stdio: "inherit",
    env: {
      ...process.env,
      TIDEMARK_INTEROP_SDKS: ids,
      TIDEMARK_INTEROP_ALL: String(isKept || only.length > 0),
      TIDEMARK_INTEROP_ONLY: only.join("\n"),
    },
  });
  return { ok: status === 0, tried: existsSync(report) ? readReport(report) : [] };
}

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

/** Puts these results in place of the same SDKs' last ones, or of the same cases' when single cases ran. */
function merged({ sdks: tried }: Results): Results {
  const last = lastResults()?.sdks ?? [];
  const of = (id: string) => {
    const [now, before] = [tried, last].map((all) => all.find((one) => one.id === id));
    if (only.length === 0 || now === undefined || before?.version !== now.version) return now ?? before;
    const cases = new Map([...before.cases, ...now.cases].map((each) => [each.title, each]));
    const stopped = { ...before.stopped, ...now.stopped };
    return { ...before, cases: [...cases.values()], stopped, defaults: now.defaults ?? before.defaults };
  };
  return { sdks: sdks.flatMap(({ id }) => of(id) ?? []) };
}

/** Keeps what each SDK wrote, for the readers' unit tests. Files of earlier releases stay. */
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
  await setUp(chosen);
  const { ok, tried } = runTable(chosen);
  const file = isKept ? resultsFile : join(built, "results.json");
  if (tried.length === 0) throw new Error("The table did not run.");
  const results = resultsOf(tried, chosen);
  if (isKept) keepRecorded(tried);
  writeFileSync(file, `${JSON.stringify(isKept ? merged(results) : results, null, 2)}\n`);
  if (isKept) spawnSync("biome", ["format", "--write", file, recordedFolder], { stdio: "inherit" });
  console.log(`${summary(tried)}\n.NET is left out: it has no worker yet. The results are in ${file}.`);
  process.exitCode = ok ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

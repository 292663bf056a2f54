// Tries every SDK that this machine has against the dashboard: npm run interop [-- python go] [-- --all].
// Usage and what each SDK needs: tests/interop/README.md.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { z } from "zod";
import { type Results, renderTable, resultsSchema } from "./results.ts";
import { built, type Command, missingOf, room, type Sdk, sdks } from "./sdks.ts";

const root = join(room, "../..");
const wanted = process.argv.slice(2).filter((argument) => argument !== "--all");
const isWholeTable = process.argv.includes("--all");

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

/** Returns the requested SDKs that can run, and says why the others are left out. */
function available(): Sdk[] {
  const ids = sdks.map(({ id }) => id);
  const unknown = wanted.filter((name) => !ids.includes(name));
  if (unknown.length > 0) fail(`Unknown: ${unknown.join(", ")}. There are ${ids.join(", ")}.`);
  const asked = sdks.filter(({ id }) => wanted.length === 0 || wanted.includes(id));
  const missing = asked.flatMap((sdk) => {
    const tool = missingOf(sdk);
    return tool === null ? [] : [{ sdk, tool }];
  });
  for (const { sdk, tool } of missing) console.log(`${sdk.label} is left out: there is no ${tool} here.`);
  if (missing.length > 0 && process.env.CI) fail("Where CI is set, none may be left out.");
  return asked.filter((sdk) => !missing.some((each) => each.sdk === sdk));
}

function runStep({ file, args, env = {} }: Command): void {
  const { status, error } = spawnSync(file, [...args], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...env },
  });
  if (status !== 0) fail(`${file} ${args.join(" ")} failed${error ? `: ${error.message}` : "."}`);
}

function setUp(chosen: readonly Sdk[]): void {
  mkdirSync(built, { recursive: true });
  const done = new Set<string>();
  for (const sdk of chosen) {
    if (done.has(sdk.folder)) continue;
    done.add(sdk.folder);
    const startedAt = performance.now();
    for (const step of sdk.setup) runStep(step);
    if (sdk.setup.length === 0) continue;
    console.log(
      `${sdk.label} ${sdk.version} is ready (${Math.round((performance.now() - startedAt) / 1000)} s).`,
    );
  }
}

const reportSchema = z.object({
  testResults: z.array(
    z.object({
      assertionResults: z.array(
        z.object({
          title: z.string(),
          status: z.string(),
          meta: z.object({
            interop: z
              .object({
                sdk: z.string(),
                number: z.number(),
                pausesMs: z.array(z.number()).default([]),
                stopped: z.record(z.string(), z.enum(["all", "own", "nothing"])).default({}),
              })
              .optional(),
          }),
        }),
      ),
    }),
  ),
});

function readResults(report: string, chosen: readonly Sdk[]): Results {
  const { testResults } = reportSchema.parse(JSON.parse(readFileSync(report, "utf8")));
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  return resultsSchema.parse({
    date: new Date().toISOString().slice(0, 10),
    sdks: chosen.map(({ id, label, version }) => {
      const own = tests.filter(({ meta }) => meta.interop?.sdk === id);
      return {
        id,
        label,
        version,
        cases: own.map(({ title, status, meta }) => ({
          number: meta.interop?.number ?? 0,
          title: title.replace(`${label}: `, ""),
          passed: status === "passed",
        })),
        pausesMs: own.flatMap(({ meta }) => meta.interop?.pausesMs ?? []),
        stopped: Object.assign({}, ...own.map(({ meta }) => meta.interop?.stopped ?? {})),
      };
    }),
  });
}

const chosen = available();
if (chosen.length === 0) fail("There is nothing to try.");
setUp(chosen);
const report = join(built, "report.json");
const vitest = join(createRequire(import.meta.url).resolve("vitest/package.json"), "../vitest.mjs");
const { status } = spawnSync(
  process.execPath,
  [
    vitest,
    "run",
    "--project",
    "interop",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ],
  {
    cwd: root,
    stdio: "inherit",
    env: {
      ...process.env,
      TIDEMARK_INTEROP_SDKS: chosen.map(({ id }) => id).join(","),
      TIDEMARK_INTEROP_ALL: String(isWholeTable),
    },
  },
);
console.log(".NET is left out: its worker is still to be written, where there is a .NET to try it with.");
if (existsSync(report)) {
  const results = readResults(report, chosen);
  const file = isWholeTable && wanted.length === 0 ? join(room, "results.json") : join(built, "results.json");
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
  console.log(`${renderTable(results)}\n\nThe results are in ${file}.`);
}
process.exit(status ?? 1);

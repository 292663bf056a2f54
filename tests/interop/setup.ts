import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { built, type Command, missingOf, room, type Sdk, sdks } from "./sdks.ts";

/** A registry may not answer for a moment; what was fetched before is kept. */
const attempts = 3;

/**
 * The SDKs that can be tried here. Says of the others why they are left out.
 * @param wanted ids; empty: all
 * @throws Error for an id that there is not, and where `CI` is set for a tool that is missing
 */
export function availableSdks(wanted: readonly string[]): Sdk[] {
  const ids = sdks.map(({ id }) => id);
  const unknown = wanted.filter((name) => !ids.includes(name));
  if (unknown.length > 0) throw new Error(`Unknown: ${unknown.join(", ")}. There are ${ids.join(", ")}.`);
  const asked = sdks.filter(({ id }) => wanted.length === 0 || wanted.includes(id));
  const missing = asked.flatMap((sdk) => {
    const tool = missingOf(sdk);
    return tool === null ? [] : [{ sdk, tool }];
  });
  for (const { sdk, tool } of missing) console.log(`${sdk.label} is left out: there is no ${tool} here.`);
  if (missing.length > 0 && process.env.CI) throw new Error("Where CI is set, none may be left out.");
  return asked.filter((sdk) => !missing.some((each) => each.sdk === sdk));
}

/** Installs and builds the workers, one after another. @throws Error where one can't be had */
export function setUp(chosen: readonly Sdk[]): void {
  mkdirSync(built, { recursive: true });
  const done = new Set<string>();
  for (const sdk of chosen) {
    if (done.has(sdk.folder) || sdk.setup.length === 0) continue;
    done.add(sdk.folder);
    const startedAt = performance.now();
    for (const step of sdk.setup) runStep(step);
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    console.log(`${sdk.label} ${sdk.version} is ready (${seconds} s).`);
  }
}

function runStep({ file, args, env = {} }: Command): void {
  for (let attempt = 1; ; attempt++) {
    const { status, error } = spawnSync(file, [...args], {
      cwd: join(room, "../.."),
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, ...env },
    });
    if (status === 0) return;
    const failed = `${file} ${args.join(" ")} failed${error ? `: ${error.message}` : "."}`;
    if (attempt === attempts) throw new Error(failed);
    console.log(`${failed} It is tried again.`);
  }
}

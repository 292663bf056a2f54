import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { eachInFlight } from "#lib/core/each-in-flight.ts";
import { built, type Command, missingOf, room, type Sdk, sdks } from "./sdks.ts";

/** A registry may not answer for a moment; what was fetched before is kept. */
const attempts = 3;

/**
 * Returns the SDKs that can be tried here, and says of the others why they are left out.
 * @param wanted ids; empty: all
 * @throws Error for an unknown id, and where `CI` is set for a tool that is missing
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

/**
 * Installs and builds the workers, each shared folder once and the longest build beside the others.
 * @throws Error where one can't be had
 */
export async function setUp(chosen: readonly Sdk[]): Promise<void> {
  mkdirSync(built, { recursive: true });
  const each = new Map(chosen.filter(({ setup }) => setup.length > 0).map((sdk) => [sdk.folder, sdk]));
  const faults = await eachInFlight([...each.values()].toReversed(), 2, async ({ label, version, setup }) => {
    const startedAt = performance.now();
    for (const step of setup) {
      const fault = await faultOf(step);
      if (fault !== null) return fault;
    }
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    console.log(`${label} ${version} is ready (${seconds} s).`);
    return null;
  });
  const fault = faults.find((one) => one !== null);
  if (fault) throw new Error(fault);
}

async function faultOf({ file, args, env = {} }: Command): Promise<string | null> {
  for (let attempt = 1; ; attempt++) {
    const child = spawn(file, [...args], {
      cwd: join(room, "../.."),
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, ...env },
    });
    const status = await once(child, "close").then(
      ([code]) => code,
      () => null,
    );
    if (status === 0) return null;
    const failed = `${file} ${args.join(" ")} failed.`;
    if (attempt === attempts) return failed;
    console.log(`${failed} It is tried again.`);
  }
}

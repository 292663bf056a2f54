import { type Azurite, startAzurite } from "#lib/sandbox/azurite.ts";

const variable = "TESTS_SHARED_STORAGE";

/**
 * Starts one Azurite for all workers of a run, since each start costs seconds of CPU. Each world has a
 * container of its own there.
 */
export default async function startSharedStorage(): Promise<() => Promise<void>> {
  const azurite = await startAzurite();
  process.env[variable] = JSON.stringify(azurite);
  return () => azurite.stop();
}

/**
 * Returns that Azurite, which ends with the run. Starts one when there is no such run, as for screenshots.
 */
export function openStorage(): Promise<Azurite> {
  const text = process.env[variable];
  if (text === undefined) return startAzurite();
  return Promise.resolve({
    ...(JSON.parse(text) as Omit<Azurite, "stop">),
    stop: () => Promise.resolve(),
  });
}

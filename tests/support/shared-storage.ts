import { type Azurite, startAzurite } from "#lib/sandbox/azurite.ts";

const variable = "TESTS_SHARED_STORAGE";

/** One Azurite for all workers of a run: a world takes a container of its own there. Each start costs seconds of CPU. */
export default async function startSharedStorage(): Promise<() => Promise<void>> {
  const azurite = await startAzurite();
  process.env[variable] = JSON.stringify(azurite);
  return () => azurite.stop();
}

/** Returns that Azurite, which ends with the run. Starts one where no run has begun it, such as for screenshots. */
export function openStorage(): Promise<Azurite> {
  const text = process.env[variable];
  if (text === undefined) return startAzurite();
  return Promise.resolve({
    ...(JSON.parse(text) as Omit<Azurite, "stop">),
    stop: () => Promise.resolve(),
  });
}

import { type Azurite, startAzurite } from "#lib/sandbox/azurite.ts";

const variable = "BROWSER_TESTS_STORAGE";

/** One Azurite for all workers: a world takes a container of its own there, and an Azurite takes seconds of CPU to start. */
export default async function startSharedStorage(): Promise<() => Promise<void>> {
  const azurite = await startAzurite();
  process.env[variable] = JSON.stringify(azurite);
  return () => azurite.stop();
}

/** That Azurite, as a worker sees it: it ends with the run. */
export function sharedStorage(): Azurite {
  const text = process.env[variable];
  if (text === undefined) throw new Error("The storage is started by Playwright's global setup.");
  return { ...(JSON.parse(text) as Omit<Azurite, "stop">), stop: () => Promise.resolve() };
}

import { expect, it } from "vitest";
import { engines, newDatabase } from "#tests/support/fixtures/history.ts";
import { killWriters } from "#tests/support/fixtures/killed-writers.ts";

it.each(engines)("loses nothing acknowledged when its writer is killed with SIGKILL, in %s", async (kind) => {
  await killWriters(await newDatabase(kind), 4);
  expect.hasAssertions();
});

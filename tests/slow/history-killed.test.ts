import { expect, it } from "vitest";
import { engines, newPlace } from "#tests/support/fixtures/history.ts";
import { killWriters } from "#tests/support/fixtures/killed-writers.ts";

it.each(engines)("loses nothing acknowledged when its writer is killed with SIGKILL, in %s", async (kind) => {
  await killWriters(await newPlace(kind), 4);
  expect.hasAssertions();
});

import { expect, it } from "vitest";
import { engines, newDatabase } from "#tests/support/fixtures/history.ts";
import { killWriters } from "#tests/support/fixtures/killed-writers.ts";

it.each(engines)("loses nothing acknowledged in a hundred SIGKILLs of its writer, in %s", async (kind) => {
  await killWriters(await newDatabase(kind), 100);
  expect.hasAssertions();
});

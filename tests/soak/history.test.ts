import { expect, it } from "vitest";
import { engines, newPlace } from "#tests/support/history.ts";
import { killWriters } from "#tests/support/killed-writers.ts";

it.each(engines)("loses nothing acknowledged in a hundred SIGKILLs of its writer, in %s", async (kind) => {
  await killWriters(await newPlace(kind), 100);
  expect.hasAssertions();
});

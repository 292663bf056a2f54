import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { liveSteps } from "#lib/api/plans/live-progress.ts";
import { liveReadme, withDiagram } from "#tests/support/simulated/live-diagram.ts";

const text = readFileSync(liveReadme, "utf8");

it("draws every way that the machine can go, and no other: after a change run `npm run docs`", () => {
  expect(text).toBe(withDiagram(text));
}, 60_000);

it("draws every step", () => {
  for (const step of liveSteps) expect(text).toMatch(new RegExp(`--> ${step}\\b`));
});

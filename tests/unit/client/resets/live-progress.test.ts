import { describe, expect, it } from "vitest";
import type { LiveProgress, ResetResult } from "#lib/api/resets.ts";
import { liveProgress } from "#lib/client/resets/live-progress.ts";
import { fixtureReset, fixtureResetEntry } from "#tests/support/fixtures/fixture-resets.ts";
import { fixtureNow } from "#tests/support/worlds/fixture-world.ts";

const entry = (id: number, result: ResetResult, live: Partial<LiveProgress>) =>
  fixtureResetEntry({
    partitionId: String(id),
    result,
    live: {
      step: "waiting",
      since: "2026-03-02T12:00:00Z",
      wave: 1,
      heldOff: null,
      holdUntil: null,
      rewrites: 0,
      resumedAt: null,
      resumedBy: null,
      withoutReaderSeconds: null,
      ...live,
    },
  });
const inSeconds = (seconds: number) => new Date(fixtureNow + seconds * 1_000).toISOString();
const say = (...entries: ReturnType<typeof entry>[]) =>
  liveProgress(fixtureReset(entries, { mode: "live", state: "running" }), fixtureNow);

describe("a live reset's progress", () => {
  it("tells the wave, the rest of its hold, and the time for later waves", () => {
    const holding = { step: "holding" as const, holdUntil: inSeconds(5), holdSeconds: 20 };
    expect(
      say(
        entry(0, "written", { step: "ended" }),
        entry(1, "pending", { wave: 2, ...holding }),
        entry(2, "pending", { wave: 2, ...holding, holdUntil: inSeconds(12) }),
        entry(3, "pending", { wave: 3, holdSeconds: 30 }),
        entry(4, "pending", { wave: 3, holdSeconds: 65 }),
      ),
    ).toBe("Wave 2 of 3, 12 s of its pause left. About 1 m 22 s left in total, if nothing is overwritten.");
  });

  it("counts a whole hold before it begins, and little after it", () => {
    expect(say(entry(0, "pending", { step: "claiming", holdSeconds: 35 }))).toMatch(
      /1 of 1\. About 35 s left/,
    );
    expect(say(entry(0, "pending", { step: "verifying", holdSeconds: 35 }))).toMatch(/About 5 s left/);
  });

  it("gives no estimate without the plan's", () => {
    expect(say(entry(0, "pending", { step: "holding", holdUntil: inSeconds(9) }))).toBe(
      "Wave 1 of 1, 9 s of its pause left.",
    );
  });

  it("is null when ended or offline", () => {
    const waiting = [entry(0, "pending", {})];
    expect(liveProgress(fixtureReset(waiting, { mode: "live" }), fixtureNow)).toBeNull();
    expect(liveProgress(fixtureReset(waiting, { state: "running" }), fixtureNow)).toBeNull();
    expect(say(entry(0, "written", { step: "ended" }))).toBeNull();
  });
});

import { describe, expect, it } from "vitest";
import type { LiveProgress, LiveStep } from "#lib/api/plans/live-progress.ts";
import type { ResetResult } from "#lib/api/resets.ts";
import { liveProgress } from "#lib/client/resets/live-progress.ts";
import { fixtureLive, fixtureReset, fixtureResetEntry } from "#tests/support/fixtures/fixture-resets.ts";
import { fixtureNow } from "#tests/support/worlds/fixture-world.ts";

const entry = (id: number, result: ResetResult, live: Partial<LiveProgress>) =>
  fixtureResetEntry({
    partitionId: String(id),
    result,
    live: fixtureLive({ step: "waiting", since: "2026-03-02T12:00:00Z", heldOff: null, ...live }),
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

  it("tells of no time after this wave once a stop was asked for", () => {
    const holding = { step: "holding" as const, holdUntil: inSeconds(12), holdSeconds: 20 };
    const entries = [
      entry(0, "pending", { wave: 2, ...holding }),
      entry(1, "pending", { wave: 3, holdSeconds: 65 }),
    ];
    const stopAsked = { when: "afterWave" as const, actor: "ada", at: inSeconds(-1) };
    const told = (each: typeof entries) =>
      liveProgress(fixtureReset(each, { mode: "live", state: "running", stopAsked }), fixtureNow);
    expect(told(entries)).toBe("Last wave, 12 s of its pause left.");
    const claiming = entry(0, "pending", { wave: 2, step: "claiming", since: inSeconds(-4) });
    expect(told([claiming, ...entries.slice(1)])).toBe("Last wave: claiming 1 partition, 4 s so far.");
  });

  it.each<[LiveStep, string]>([
    ["claiming", "claiming 1 partition"],
    ["fencing", "pausing the processor of 1 partition"],
    ["writing", "writing the checkpoint of 1 partition"],
    ["holding", "ending the pause of 1 partition"],
    ["releasing", "releasing 1 partition"],
    ["verifying", "waiting for the first checkpoint of a processor on 1 partition"],
    ["aborting", "releasing 1 partition"],
  ])(
    "tells in step %s what is awaited and how long it has been, and no time that stands still",
    (step, what) => {
      const holdUntil = step === "holding" ? inSeconds(-1) : null;
      const one = entry(0, "pending", { step, holdUntil, holdSeconds: 35, since: inSeconds(-40) });
      expect(say(one)).toBe(`Wave 1 of 1: ${what}, 40 s so far.`);
      const reset = fixtureReset([one], { mode: "live", state: "running" });
      expect(liveProgress(reset, fixtureNow + 45_000)).toContain("1 m 25 s so far");
    },
  );

  it("tells of those that are least far, and how long later waves take", () => {
    const verifying = { step: "verifying" as const, holdSeconds: 35 };
    expect(
      say(
        entry(0, "pending", { step: "releasing", since: inSeconds(-2), holdSeconds: 35 }),
        entry(1, "pending", { ...verifying, since: inSeconds(-9) }),
        entry(2, "pending", { wave: 2, holdSeconds: 30 }),
      ),
    ).toBe("Wave 1 of 2: releasing 1 partition, 2 s so far. Later waves take about 30 s.");
    expect(
      say(
        entry(0, "pending", { ...verifying, since: inSeconds(-12) }),
        entry(1, "pending", { ...verifying, since: inSeconds(-9) }),
      ),
    ).toBe("Wave 1 of 1: waiting for the first checkpoint of a processor on 2 partitions, 12 s so far.");
    expect(say(entry(0, "pending", { holdSeconds: 35 }))).toBe("Wave 1 of 1: about to start.");
  });

  it("gives no estimate without the plan's", () => {
    expect(say(entry(0, "pending", { step: "holding", holdUntil: inSeconds(9) }))).toBe(
      "Wave 1 of 1, 9 s of its pause left.",
    );
  });

  it("tells no time left once it is overwritten or late, but the limit", () => {
    const holding = {
      step: "holding" as const,
      holdUntil: inSeconds(41),
      holdSeconds: 76,
      pausedAt: inSeconds(-30),
    };
    const limitAt = inSeconds(700);
    expect(say(entry(0, "pending", { ...holding, limitAt }))).toContain("About 46 s left");
    expect(say(entry(0, "pending", { ...holding, limitAt, rewrites: 1 }))).toBe(
      "Wave 1 of 1: paused for 30 s. It goes on once nothing is overwritten for 41 s, and is stopped after another 11 m 40 s.",
    );
    expect(say(entry(0, "pending", { ...holding, limitAt, pausedAt: inSeconds(-77) }))).toContain(
      "longer than expected",
    );
    const writing = { ...holding, step: "writing" as const, holdUntil: null, rewrites: 4 };
    expect(say(entry(0, "pending", { ...writing, limitAt }))).toBe(
      "Wave 1 of 1: paused for 30 s. It is stopped after another 11 m 40 s.",
    );
    // What an earlier version began tells neither.
    const early = { step: "holding" as const, rewrites: 1, since: inSeconds(-9) };
    expect(say(entry(0, "pending", early))).toBe("Wave 1 of 1: ending the pause of 1 partition, 9 s so far.");
  });

  it("is null when ended or offline", () => {
    const waiting = [entry(0, "pending", {})];
    expect(liveProgress(fixtureReset(waiting, { mode: "live" }), fixtureNow)).toBeNull();
    expect(liveProgress(fixtureReset(waiting, { state: "running" }), fixtureNow)).toBeNull();
    expect(say(entry(0, "written", { step: "ended" }))).toBeNull();
  });
});

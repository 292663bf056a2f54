import { describe, expect, it } from "vitest";
import type { LiveProgress } from "#lib/api/plans/live-progress.ts";
import type { Reset, ResetResult } from "#lib/api/resets.ts";
import { stopAskedText, stopLeaves, withoutCalledOff } from "#lib/client/resets/stop-words.ts";
import { fixtureLive, fixtureReset, fixtureResetEntry } from "#tests/support/fixtures/fixture-resets.ts";
import { ago } from "#tests/support/worlds/fixture-world.ts";

const live = (step: LiveProgress["step"], wave: number) => fixtureLive({ step, wave, target: 400 });
const entry = (id: number, result: ResetResult, step: LiveProgress["step"], wave: number) =>
  fixtureResetEntry({ partitionId: `${id}`, result, live: live(step, wave) });
const running = (more: Partial<Reset> = {}) =>
  fixtureReset(
    [
      entry(0, "written", "ended", 1),
      entry(1, "pending", "holding", 2),
      entry(2, "pending", "claiming", 2),
      entry(3, "pending", "waiting", 3),
    ],
    { mode: "live", state: "running", endedAt: null, ...more },
  );

describe("the effect of a stop", () => {
  it("is told for the end of the wave and for now", () => {
    expect(stopLeaves(running())).toEqual({
      afterWave: "Leaves 3 partitions at the new position; 1 unchanged.",
      now: "Leaves 2 partitions at the new position; a processor may still overwrite 1 of them; 2 unchanged.",
    });
  });

  it("does not count where one partition is all of them", () => {
    const now = (...entries: ReturnType<typeof entry>[]) =>
      stopLeaves({ ...running(), entries } as Reset)?.now;
    expect(now(entry(0, "pending", "holding", 1))).toBe(
      "Leaves 1 partition at the new position; a processor may still overwrite it.",
    );
    expect(now(entry(0, "pending", "holding", 1), entry(1, "pending", "holding", 1))).toBe(
      "Leaves 2 partitions at the new position; a processor may still overwrite them.",
    );
  });

  it("has no clause that counts none, and stays while a partition is written again", () => {
    const now = (...entries: Reset["entries"]) => stopLeaves({ ...running(), entries } as Reset)?.now;
    const claiming = [0, 1, 2, 3].map((id) => entry(id, "pending", "claiming", 1));
    expect(now(...claiming)).toBe("Leaves all 4 partitions unchanged.");
    expect(now(...claiming.slice(2))).toBe("Leaves both partitions unchanged.");
    expect(now(entry(0, "pending", "writing", 1))).toBe("Leaves the partition unchanged.");
    const again = fixtureResetEntry({
      partitionId: "0",
      result: "pending",
      live: { ...live("writing", 1), rewrites: 1 },
    });
    expect(now(again)).toBe("Leaves 1 partition at the new position; a processor may still overwrite it.");
  });

  it("is not told for the end of the last wave, which changes nothing", () => {
    const entries = [entry(0, "pending", "holding", 1), entry(1, "written", "ended", 1)];
    expect(stopLeaves({ ...running(), entries })?.afterWave).toBeNull();
  });

  it("is null for an offline or ended reset", () => {
    expect(stopLeaves(running({ mode: "offline" }))).toBeNull();
    expect(stopLeaves(running({ state: "done" }))).toBeNull();
  });

  it("is that later waves wait no more, as soon as it is asked for", () => {
    const asked = (when: "now" | "afterWave") => ({ when, actor: "ada", at: ago(1) });
    const shown = (more: Partial<Reset>) =>
      withoutCalledOff(running(more)).map(({ result, live: its }) => [result, its?.step]);
    const before = running().entries.map(({ result, live: its }) => [result, its?.step]);
    expect(shown({})).toEqual(before);
    expect(shown({ stopAsked: asked("afterWave") })).toEqual([...before.slice(0, 3), ["skipped", "ended"]]);
    const entries = [entry(0, "pending", "holding", 1), entry(1, "pending", "waiting", 1)];
    expect(shown({ entries, stopAsked: asked("afterWave") })[1]).toEqual(["pending", "waiting"]);
    expect(shown({ entries, stopAsked: asked("now") })[1]).toEqual(["skipped", "ended"]);
  });

  it("is shown as requested while the reset still runs", () => {
    const asked = (when: "now" | "afterWave") => ({ when, actor: "ada", at: ago(1) });
    expect(stopAskedText(running({ stopAsked: asked("afterWave") }))).toMatch(/ada .* after this wave/);
    expect(stopAskedText(running({ stopAsked: asked("now") }))).toMatch(/ada stopped it/);
    expect(stopAskedText(running({ stopAsked: asked("now"), state: "failed" }))).toBeNull();
    expect(stopAskedText(running())).toBeNull();
  });
});

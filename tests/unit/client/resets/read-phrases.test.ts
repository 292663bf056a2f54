import { expect, it } from "vitest";
import type { Reset, ResetEntry } from "#lib/api/resets.ts";
import { readPhrases } from "#lib/client/resets/read-phrases.ts";
import { plainText } from "#lib/client/resets/target-words.ts";
import { fixtureReset, fixtureResetEntry } from "#tests/support/fixtures/fixture-resets.ts";

const say = (entries: Partial<ResetEntry>[], more: Partial<Reset> = {}) =>
  plainText(readPhrases(fixtureReset(entries.map(fixtureResetEntry), more)));

it("tells what a reset has read again and skipped, as its review did", () => {
  expect(say([{ replays: 0, skips: 13 }])).toBe(" No events are read again; 13 were skipped, never read.");
  expect(
    say([
      { replays: 1_200, skips: 0 },
      { replays: 4, skips: 1 },
    ]),
  ).toBe(" 1,204 events are read again; 1 was skipped, never read.");
  expect(say([{ replays: 9, skips: 0 }], { target: { kind: "undo", resetId: "r" } })).toBe(
    " 9 events are read; none was skipped.",
  );
  expect(say([{ replays: 9, skips: 0, processedSince: 9 }], { target: { kind: "undo", resetId: "r" } })).toBe(
    " 9 events are read again; none was skipped.",
  );
});

it("leaves out what was not written or did not hold, and says of how many it does not know", () => {
  const others = (["overwritten", "conflict", "unknown"] as const).map((result) => ({
    result,
    replays: 5,
    skips: 0,
  }));
  expect(say([{ replays: 0, skips: 2 }, ...others])).toBe(
    " No events are read again; 2 were skipped, never read.",
  );
  expect(say([{ replays: 0, skips: 2 }, {}])).toBe(
    " No events are read again; 2 were skipped, never read. How many events are read again or skipped is unknown for 1 partition.",
  );
  expect(say([{}])).toBe(" How many events are read again or skipped is unknown.");
  expect(say([{ replays: 0, skips: 2 }], { state: "running" })).toBe("");
  expect(say([{ partitionId: "a/b" }], { target: { kind: "cleanup" } })).toBe("");
});

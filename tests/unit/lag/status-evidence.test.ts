import { expect, it } from "vitest";
import type { Status } from "#lib/api/status.ts";
import { clearCommits, noCommits } from "#lib/lag/commits.ts";
import { statusEvidence } from "#lib/lag/status-evidence.ts";
import { ringOf } from "./rings.ts";

const three = ringOf([48_201, 4, 120], [48_201, 14, 400], [48_201, 94, 840]);

it.each<[Status, ReturnType<typeof ringOf>, string | null]>([
  ["ok", three, null],
  ["unknown", three, null],
  ["stop", three, "No checkpoint since 1970-01-01 00:01:34 UTC; its last 3 came within 90 s."],
  ["stop", ringOf([1, 4, 9]), "No checkpoint since 1970-01-01 00:00:04 UTC."],
  [
    "stop",
    ringOf([1, 0, 9], [2, 600, 9]),
    "No checkpoint since 1970-01-01 00:10:00 UTC; its last 2 came within 10 min.",
  ],
  [
    "stop",
    ringOf([1, 0, 9], [2, 10, 9], [900, 3_600, 9, 3_000]),
    "No checkpoint since 1970-01-01 01:00:00 UTC; its last 3 came within 60 min, and for 50 min of that nobody looked.",
  ],
  [
    "stop",
    clearCommits(three, { sequenceNumber: 5, at: 95_000 }),
    "No checkpoint since it was reset at 1970-01-01 00:01:35 UTC.",
  ],
  ["stop", noCommits, null],
  [
    "stall",
    three,
    "Its last 3 checkpoints, from 1970-01-01 00:00:04 UTC to 1970-01-01 00:01:34 UTC, all stand at event 48,201.",
  ],
  [
    "rewind",
    ringOf([48_900, 4, 9], [48_201, 14, 708], [48_300, 24, 609]),
    "At 1970-01-01 00:00:14 UTC its checkpoint went from event 48,900 back to 48,201.",
  ],
  [
    "warn",
    ringOf([1, 4, 120], [2, 14, 840]),
    "Over its last 2 checkpoints, from 1970-01-01 00:00:04 UTC to 1970-01-01 00:00:14 UTC, its lag went from 120 to 840.",
  ],
  [
    "warn",
    ringOf([1, 4, 120], [2, 14, null], [3, 24, 840], [4, 34, null]),
    "Over its last 2 checkpoints whose lag is known, from 1970-01-01 00:00:04 UTC to 1970-01-01 00:00:24 UTC, its lag went from 120 to 840.",
  ],
])("tells what %s was concluded from", (status, ring, sentence) => {
  expect(statusEvidence(status, ring)).toBe(sentence);
});

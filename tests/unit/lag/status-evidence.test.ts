import { expect, it } from "vitest";
import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import type { Status } from "#lib/api/status.ts";
import { clearCommits, noCommits } from "#lib/lag/commits.ts";
import { statusEvidence } from "#lib/lag/status-evidence.ts";
import { like } from "#tests/support/fixtures/reasons.ts";
import { ringOf } from "./rings.ts";

const three = ringOf([48_201, 4, 120], [48_201, 14, 400], [48_201, 94, 840]);

const at = (second: number) => new Date(second * 1_000).toISOString();

it.each<[Status, ReturnType<typeof ringOf>, Reason | null]>([
  ["ok", three, null],
  ["unknown", three, null],
  ["stop", three, reason("silent", { since: at(94), checkpoints: 3, spanSeconds: 90, unwatchedSeconds: 0 })],
  ["stop", ringOf([1, 4, 9]), like("silent", { since: at(4), checkpoints: 1 })],
  [
    "stop",
    ringOf([1, 0, 9], [2, 10, 9], [900, 3_600, 9, 3_000]),
    like("silent", { unwatchedSeconds: 3_000 }),
  ],
  [
    "stop",
    clearCommits(three, { sequenceNumber: 5, at: 95_000 }),
    reason("silentSinceReset", { resetAt: at(95) }),
  ],
  ["stop", noCommits, null],
  [
    "stall",
    three,
    reason("stalled", {
      checkpoints: 3,
      from: at(4),
      fromIsUpperBound: true,
      to: at(94),
      sequenceNumber: 48_201,
    }),
  ],
  [
    "stall",
    ringOf([48_100, 0, 9], ...Array.from({ length: 30 }, (_, index) => [48_201, 10 + index, 90] as const)),
    like("stalled", { checkpoints: 10, from: at(10), fromIsUpperBound: false, to: at(39) }),
  ],
  [
    "rewind",
    ringOf([48_900, 4, 9], [48_201, 14, 708], [48_300, 24, 609]),
    reason("rewound", { at: at(14), fromSequenceNumber: 48_900, toSequenceNumber: 48_201 }),
  ],
  [
    "warn",
    ringOf([1, 4, 120], [2, 14, 840]),
    like("fallingBehind", { checkpoints: 2, unknown: 0, lagBefore: 120, lagNow: 840 }),
  ],
  [
    "warn",
    ringOf([1, 4, 120], [2, 14, null], [3, 24, 840], [4, 34, null]),
    reason("fallingBehind", {
      checkpoints: 2,
      unknown: 2,
      from: at(4),
      to: at(24),
      lagBefore: 120,
      lagNow: 840,
    }),
  ],
])("tells the evidence for %s", (status, ring, evidence) => {
  expect(statusEvidence(status, ring)).toEqual(evidence);
});

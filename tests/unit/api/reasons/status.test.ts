import { reason } from "#lib/api/reasons/reason.ts";
import { statusReasons } from "#lib/api/reasons/status.ts";
import { tellsEach } from "./tells-each.ts";

tellsEach("reasons of a status", statusReasons, [
  [
    reason("silentSinceReset", { resetAt: "2026-03-02T12:00:00.000Z" }),
    "No checkpoint since it was reset at 2026-03-02 12:00:00 UTC.",
  ],
  [
    reason("silent", {
      since: "2026-03-02T12:00:00.000Z",
      checkpoints: 1,
      spanSeconds: 0,
      unwatchedSeconds: 0,
    }),
    "No checkpoint since 2026-03-02 12:00:00 UTC.",
  ],
  [
    reason("silent", {
      since: "2026-03-02T12:00:00.000Z",
      checkpoints: 3,
      spanSeconds: 90,
      unwatchedSeconds: 0,
    }),
    "No checkpoint since 2026-03-02 12:00:00 UTC; the last 3 came within 1 m 30 s.",
  ],
  [
    reason("silent", {
      since: "2026-03-02T12:00:00.000Z",
      checkpoints: 3,
      spanSeconds: 3_600,
      unwatchedSeconds: 3_000,
    }),
    "No checkpoint since 2026-03-02 12:00:00 UTC; the last 3 came within 1 h, of which 50 m were not watched.",
  ],
  [
    reason("stalled", {
      checkpoints: 3,
      from: "2026-03-02T12:00:00.000Z",
      to: "2026-03-02T12:01:30.000Z",
      sequenceNumber: 48_201,
    }),
    "The last 3 checkpoints, from 2026-03-02 12:00:00 UTC to 2026-03-02 12:01:30 UTC, all stand at event 48,201.",
  ],
  [
    reason("rewound", {
      at: "2026-03-02T12:00:00.000Z",
      fromSequenceNumber: 48_900,
      toSequenceNumber: 48_201,
    }),
    "At 2026-03-02 12:00:00 UTC the checkpoint went from event 48,900 back to 48,201.",
  ],
  [
    reason("fallingBehind", {
      checkpoints: 2,
      unknown: 0,
      from: "2026-03-02T12:00:00.000Z",
      to: "2026-03-02T12:01:30.000Z",
      lagBefore: 120,
      lagNow: 1_840,
    }),
    "Over the last 2 checkpoints, from 2026-03-02 12:00:00 UTC to 2026-03-02 12:01:30 UTC, the lag went from 120 to 1,840.",
  ],
  [
    reason("fallingBehind", {
      checkpoints: 2,
      unknown: 1,
      from: "2026-03-02T12:00:00.000Z",
      to: "2026-03-02T12:01:30.000Z",
      lagBefore: 120,
      lagNow: 840,
    }),
    "Over the last 2 checkpoints with a known lag, from 2026-03-02 12:00:00 UTC to 2026-03-02 12:01:30 UTC, the lag went from 120 to 840.",
  ],
]);

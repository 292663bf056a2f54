import { reason } from "#lib/api/reasons/reason.ts";
import { statusReasons } from "#lib/api/reasons/status.ts";
import { tellsEach } from "./tells-each.ts";

tellsEach("reasons of a status", statusReasons, [
  [
    reason("silentSinceReset", { resetAt: "2026-03-02T12:00:00.000Z" }),
    "No checkpoint since the reset at 2026-03-02 12:00:00 UTC.",
  ],
  [
    reason("notResumed", {
      ownerId: "billing-1",
      sequenceNumber: 124_035,
      writtenAt: "2026-03-02T12:00:00.000Z",
    }),
    "billing-1 owns the partition, and has not checkpointed past 124,035 since the reset at 2026-03-02 12:00:00 UTC. It may fail on event 124,036 or a later one of its batch: read that event, and look in the processor's log.",
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
    "No checkpoint since 2026-03-02 12:00:00 UTC. Before that, 3 came within 1 m 30 s.",
  ],
  [
    reason("silent", {
      since: "2026-03-02T12:00:00.000Z",
      checkpoints: 3,
      spanSeconds: 3_600,
      unwatchedSeconds: 3_000,
    }),
    "No checkpoint since 2026-03-02 12:00:00 UTC. Before that, 3 came within 1 h (50 m of it unwatched).",
  ],
  [
    reason("stalled", {
      checkpoints: 3,
      fromIsUpperBound: false,
      from: "2026-03-02T12:00:00.000Z",
      to: "2026-03-02T12:01:30.000Z",
      sequenceNumber: 48_201,
    }),
    "No progress since 2026-03-02 12:00:00 UTC. The last 3 checkpoints all stand at event 48,201.",
  ],
  [
    reason("stalled", {
      checkpoints: 3,
      fromIsUpperBound: true,
      from: "2026-03-02T12:00:00.000Z",
      to: "2026-03-02T12:01:30.000Z",
      sequenceNumber: 48_201,
    }),
    "No progress since 2026-03-02 12:00:00 UTC or earlier. The last 3 checkpoints all stand at event 48,201.",
  ],
  [
    reason("rewound", {
      at: "2026-03-02T12:00:00.000Z",
      fromSequenceNumber: 48_900,
      toSequenceNumber: 48_201,
    }),
    "The checkpoint went back at 2026-03-02 12:00:00 UTC, from event 48,900 to 48,201.",
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
    "The lag went from 120 to 1,840 in 1 m 30 s, over the last 2 checkpoints.",
  ],
  [
    reason("fallingBehind", {
      checkpoints: 2,
      unknown: 0,
      from: "2026-03-02T12:00:00.000Z",
      to: "2026-03-02T12:01:30.000Z",
      lagBefore: 120,
      lagNow: 120,
    }),
    "The lag stayed at 120 in 1 m 30 s, over the last 2 checkpoints.",
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
    "The lag went from 120 to 840 in 1 m 30 s, over the last 2 checkpoints with a known lag.",
  ],
]);

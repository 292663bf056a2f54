import { incidentReasons } from "#lib/api/reasons/incidents.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { tellsEach } from "./tells-each.ts";

tellsEach("summaries of incidents", incidentReasons, [
  [reason("figuresHidden"), "Its figures can't be read."],
  [reason("nothingKnown"), "The condition is unknown now."],
  [reason("lagAbove", { lag: 1 }), "The lag is 1 event."],
  [reason("lagAbove", { lag: 1_204 }), "The lag is 1,204 events."],
  [reason("timeLagAbove", { lagSeconds: 5_400 }), "The time lag is 1 h 30 m."],
  [
    reason("retentionUsed", { retentionUsed: 0.999 }),
    "Unread events use 99 % of the retention; at 100 % they are lost.",
  ],
  [
    reason("eventsBeingLost", { lostEvents: 271 }),
    "Events are being lost: 271 events were deleted unread past the group's checkpoints.",
  ],
  [
    reason("eventsBeingLost", { lostEvents: null }),
    "Events are being lost: some were deleted unread past the group's checkpoints.",
  ],
  [reason("lossForeseen", { secondsUntilLoss: 1_800 }), "Unread events will be lost in 30 m."],
  [
    reason("statusIs", { status: "stop", partitions: 1, partitionCount: 3, lag: 219 }),
    "On 1 of 3 partitions: Stopped: no checkpoints are written. The lag is 219 events.",
  ],
  [
    reason("statusIs", { status: "stall", partitions: 3, partitionCount: 3, lag: 0 }),
    "Stalled: checkpoints are written but do not move.",
  ],
  [reason("statusIs", { status: "warn", partitions: 3, partitionCount: 3, lag: 0 }), "Falling behind."],
  [
    reason("statusIs", { status: "rewind", partitions: 3, partitionCount: 3, lag: 0 }),
    "A checkpoint went back.",
  ],
  [
    reason("statusIs", { status: "ok", partitions: 3, partitionCount: 3, lag: 0 }),
    "Caught up or catching up.",
  ],
  [
    reason("statusNotKnown", { cause: "unreadable" }),
    "The group's status is unknown: a checkpoint can't be read.",
  ],
  [reason("statusNotKnown", { cause: null }), "The group's status is unknown: too few checkpoints so far."],
  [
    reason("lagStates", {
      states: [
        { lagState: "unreadable", partitions: 1 },
        { lagState: "ahead", partitions: 2 },
      ],
    }),
    "The checkpoint on 1 partition can't be read. The checkpoint on 2 partitions is past the end of the stream: it is of another stream, and processors fail on it or skip events.",
  ],
  [
    reason("lagStates", {
      states: [
        { lagState: "noCheckpoint", partitions: 1 },
        { lagState: "behindRetention", partitions: 2 },
      ],
    }),
    "No checkpoint on 1 partition. Retention has overtaken the checkpoint on 2 partitions.",
  ],
  [
    reason("lagStates", {
      states: [
        { lagState: "unknown", partitions: 1 },
        { lagState: "empty", partitions: 2 },
        { lagState: "ok", partitions: 2 },
      ],
    }),
    "1 partition could not be read. 2 partitions without an event. 2 partitions with a checkpoint within the stream.",
  ],
  [
    reason("partitionsUnowned", { partitionIds: ["3"], unownedSeconds: 131 }),
    "1 partition without an owner (3), the first for 2 m 11 s.",
  ],
  [
    reason("partitionsUnowned", {
      partitionIds: ["0", "1", "2", "3", "4", "5", "6", "7", "8"],
      unownedSeconds: 61,
    }),
    "9 partitions without an owner (0, 1, 2, 3, 4, 5, 6, 7 …), the first for 1 m 1 s.",
  ],
  [
    reason("figuresUnread", { errorCode: "azureTimeout", errorMessage: "No answer within 10 s." }),
    "Its figures can't be read. No answer within 10 s.",
  ],
  [
    reason("groupDeleted", { store: "main", lastCheckpointAt: "2026-03-02T12:00:00.000Z" }),
    "All its blobs in the store main are deleted: if it starts again, it reads from its configured start position. Its last checkpoint was written at 2026-03-02T12:00:00.000Z. Dismiss the group if that was intended.",
  ],
  [
    reason("groupDeleted", { store: "main", lastCheckpointAt: null }),
    "All its blobs in the store main are deleted: if it starts again, it reads from its configured start position. Dismiss the group if that was intended.",
  ],
]);

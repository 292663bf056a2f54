import { incidentReasons } from "#lib/api/reasons/incidents.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { tellsEach } from "./tells-each.ts";

tellsEach("summaries of incidents", incidentReasons, [
  [reason("figuresHidden"), "Its figures can't be read."],
  [reason("nothingKnown"), "The condition is unknown now."],
  [
    reason("conditionOver", { closesAfterSeconds: 60 }),
    "The condition is over. The incident closes when that has lasted 1 m.",
  ],
  [reason("lagAbove", { lag: 1 }), "The lag is 1 event."],
  [reason("lagAbove", { lag: 1_204 }), "The lag is 1,204 events."],
  [reason("timeLagAbove", { lagSeconds: 5_400 }), "The time lag is 1 h 30 m."],
  [
    reason("retentionUsed", { retentionUsed: 0.999 }),
    "Unread events use 99 % of the retention; at 100 % they are lost.",
  ],
  [
    reason("eventsBeingLost", { lostEvents: 271 }),
    "Events are being lost. Retention deleted at least 271 events before the group had checkpointed them.",
  ],
  [
    reason("eventsBeingLost", { lostEvents: null }),
    "Events are being lost. Retention deleted some events before the group had checkpointed them.",
  ],
  [reason("lossForeseen", { secondsUntilLoss: 1_800 }), "Unread events will be lost in 30 m."],
  [
    reason("statusIs", { status: "stop", partitions: 1, partitionCount: 3, lag: 219 }),
    "1 of 3 partitions has stopped writing checkpoints. Its lag is 219 events.",
  ],
  [
    reason("statusIs", { status: "stop", partitions: 2, partitionCount: 3, lag: 1 }),
    "2 of 3 partitions have stopped writing checkpoints. Their lag is 1 event.",
  ],
  [
    reason("statusIs", { status: "stop", partitions: 1, partitionCount: 4, partitionIds: ["2"], lag: 54 }),
    "Partition 2 has stopped writing checkpoints. Its lag is 54 events.",
  ],
  [
    reason("statusIs", {
      status: "stop",
      partitions: 3,
      partitionCount: 12,
      partitionIds: ["3", "5", "9"],
      lag: 7,
    }),
    "Partitions 3, 5 and 9 have stopped writing checkpoints. Their lag is 7 events.",
  ],
  [
    reason("timeLagAbove", { lagSeconds: 5_400, partitionIds: ["2"] }),
    "The time lag is 1 h 30 m on partition 2.",
  ],
  [
    reason("timeLagAbove", { lagSeconds: 5_400, partitionIds: ["2", "3"] }),
    "The time lag is up to 1 h 30 m on partitions 2 and 3.",
  ],
  [
    reason("retentionUsed", { retentionUsed: 0.9, partitionIds: ["0", "1", "2", "3", "4", "5"] }),
    "Unread events of 6 partitions (0, 1, 2 …) use up to 90 % of the retention; at 100 % they are lost.",
  ],
  [
    reason("eventsBeingLost", { lostEvents: 1, partitionIds: ["2"] }),
    "Events of partition 2 are being lost. Retention deleted at least 1 event before the group had checkpointed it.",
  ],
  [
    reason("lossForeseen", { secondsUntilLoss: 60, partitionIds: ["2"] }),
    "Unread events of partition 2 will be lost in 1 m.",
  ],
  [
    reason("lossForeseen", { secondsUntilLoss: 60, partitionIds: ["2", "3"] }),
    "Unread events of partitions 2 and 3 will be lost, the first in 1 m.",
  ],
  [
    reason("lagStates", {
      states: [
        { lagState: "unreadable", partitions: 1, partitionIds: ["7"] },
        { lagState: "noCheckpoint", partitions: 2, partitionIds: ["1", "4"] },
      ],
    }),
    "The checkpoint on partition 7 can't be read. Partitions 1 and 4 have no checkpoint.",
  ],
  [
    reason("statusIs", { status: "stall", partitions: 3, partitionCount: 3, lag: 0 }),
    "The group is stalled: checkpoints are written but do not move.",
  ],
  [
    reason("statusIs", { status: "warn", partitions: 3, partitionCount: 3, lag: 0 }),
    "The group is falling behind.",
  ],
  [
    reason("statusIs", { status: "rewind", partitions: 3, partitionCount: 3, lag: 0 }),
    "The group is back at an older checkpoint.",
  ],
  [
    reason("statusIs", { status: "ok", partitions: 3, partitionCount: 3, lag: 0 }),
    "The group is caught up or catching up.",
  ],
  [
    reason("statusNotKnown", { cause: "unreadable" }),
    "The group's status is unknown because a checkpoint can't be read.",
  ],
  [
    reason("statusNotKnown", { cause: null }),
    "The group's status is unknown because it has written too few checkpoints so far.",
  ],
  [
    reason("lagStates", {
      states: [
        { lagState: "unreadable", partitions: 1 },
        { lagState: "ahead", partitions: 2 },
      ],
    }),
    "The checkpoint on 1 partition can't be read. The checkpoint on 2 partitions is past the end of the stream, so it belongs to another one. Processors fail on it or skip events.",
  ],
  [
    reason("lagStates", {
      states: [
        { lagState: "noCheckpoint", partitions: 1 },
        { lagState: "behindRetention", partitions: 2 },
      ],
    }),
    "1 partition has no checkpoint. Retention has overtaken the checkpoint on 2 partitions.",
  ],
  [
    reason("lagStates", {
      states: [
        { lagState: "unknown", partitions: 1 },
        { lagState: "empty", partitions: 2 },
        { lagState: "ok", partitions: 2 },
      ],
    }),
    "1 partition could not be read. 2 partitions have no events. 2 partitions have a checkpoint within the stream.",
  ],
  [
    reason("partitionsUnowned", { partitionIds: ["3"], unownedSeconds: 131, isLowerBound: false }),
    "Partition 3 has had no owner for 2 m 11 s.",
  ],
  [
    reason("partitionsUnowned", { partitionIds: ["3"], unownedSeconds: 131, isLowerBound: true }),
    "Partition 3 has had no owner for at least 2 m 11 s.",
  ],
  [
    reason("partitionsUnowned", {
      partitionIds: ["0", "1", "2", "3", "4", "5", "6", "7", "8"],
      unownedSeconds: 61,
      isLowerBound: false,
    }),
    "9 partitions (0, 1, 2 …) have no owner, the first for 1 m 1 s.",
  ],
  [
    reason("figuresUnread", { errorCode: "azureTimeout", errorMessage: "No answer within 10 s." }),
    "Its figures can't be read. No answer within 10 s.",
  ],
  [
    reason("groupDeleted", { store: "main", lastCheckpointAt: "2026-03-02T12:00:00.000Z" }),
    "All its blobs in the store main are deleted. If it starts again, it reads from its configured start position. Its last checkpoint was written at 2026-03-02 12:00:00 UTC. Dismiss the group if that was intended.",
  ],
  [
    reason("groupDeleted", { store: "main", lastCheckpointAt: null }),
    "All its blobs in the store main are deleted. If it starts again, it reads from its configured start position. Dismiss the group if that was intended.",
  ],
]);

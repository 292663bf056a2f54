import { noteReasons } from "#lib/api/reasons/notes.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { tellsEach } from "./tells-each.ts";

tellsEach("notes of a group", noteReasons, [
  [
    reason("awaitingFirstEvent", { partitions: 1 }),
    "1 partition has an owner and no checkpoint. No event has arrived since, so none is due: the status is known after the next event.",
  ],
  [
    reason("awaitingFirstEvent", { partitions: 2 }),
    "2 partitions have an owner and no checkpoint. No event has arrived since, so none is due: the status is known after the next event.",
  ],
  ...([1, 2] as const).map(
    (partitions) =>
      [
        reason("partitionsNotResumed", {
          partitions,
          writtenAt: "2026-03-02T12:00:00.000Z",
          nextSequenceNumber: 124_036,
        }),
        `${partitions === 1 ? "1 partition has" : "2 partitions have"} not resumed since the reset at 2026-03-02 12:00:00 UTC: no checkpoint has followed it. The handler may fail on ${partitions === 1 ? "event 124,036" : "their next event"} or a later one of its batch: read that event, and look in the processor's log.`,
      ] as const,
  ),
  [
    reason("contestedCheckpoints", {
      partitions: 1,
      layouts: ["common"],
      isRespelled: true,
      expirationSeconds: 60,
    }),
    "The checkpoint of 1 partition moved in more than one spelling of the names within the last 1 m: two kinds of processors run in this group. The newest checkpoint counts. A reset has to wait until one kind stops.",
  ],
  [
    reason("severalCheckpoints", { partitions: 2, layouts: ["common", "functions"], isRespelled: true }),
    "The checkpoints of 2 partitions are also in more than one layout (common, functions) and more than one spelling of the names. The newest of each partition counts.",
  ],
  [
    reason("severalStores", { owners: 2, others: [{ store: "functions", owners: 1 }] }),
    "Processors of this group run in another store too: here 2 owners, in functions (1 owner). They do not see each other's claims, so events are processed twice. Point all of them at one store.",
  ],
  [
    reason("blockingBlobs", {
      checkpointBlobs: ["a/checkpoint/1"],
      ownershipBlobs: ["a/ownership/2"],
      goneBlobs: ["a/ownership/31"],
      misnamedBlobs: [],
    }),
    'Invalid blobs stop the group\'s JavaScript processors on all partitions, and may stop those of other SDKs: each lists all blobs of its group. With the group stopped, reset the partitions of the blob "a/checkpoint/1". Clean up the group: that repairs the blob "a/ownership/2". Clean up the blob "a/ownership/31": the hub has no such partition.',
  ],
  [
    reason("blockingBlobs", {
      checkpointBlobs: [],
      ownershipBlobs: [],
      goneBlobs: ["1", "2", "3", "4", "5", "6"],
      misnamedBlobs: [],
    }),
    'Invalid blobs stop the group\'s JavaScript processors on all partitions, and may stop those of other SDKs: each lists all blobs of its group. Clean up the blobs "1", "2", "3", "4", "5" and 1 more: the hub has no such partition.',
  ],
  [
    reason("blockingBlobs", {
      checkpointBlobs: [],
      ownershipBlobs: [],
      goneBlobs: [],
      misnamedBlobs: ["a/checkpoint/b/c"],
    }),
    'An invalid blob stops the group\'s JavaScript processors on all partitions, and may stop those of other SDKs: each lists all blobs of its group. Clean up the blob "a/checkpoint/b/c": no partition has such a name.',
  ],
  [
    reason("blockedPartitions", { checkpoints: 1 }),
    "A checkpoint holds no position that JavaScript processors can start at, such as a blank offset (.NET 5.10 and 5.11 write one). It stops only its own partition. Reset that partition with the group stopped.",
  ],
  [
    reason("blockedPartitions", { checkpoints: 2 }),
    "2 checkpoints hold no position that JavaScript processors can start at, such as a blank offset (.NET 5.10 and 5.11 write one). Each stops only its own partition. Reset those partitions with the group stopped.",
  ],
]);

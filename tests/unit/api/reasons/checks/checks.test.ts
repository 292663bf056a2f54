import { checkReasons } from "#lib/api/reasons/checks/checks.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { tellsEach } from "../tells-each.ts";

tellsEach("details of checks", checkReasons, [
  [
    reason("checkFailed", { errorCode: "azureTimeout", errorMessage: "No answer within 10 s." }),
    "No answer within 10 s. [azureTimeout]",
  ],
  [
    reason("namespaceAnswered", { namespace: "contoso.servicebus.windows.net" }),
    "contoso.servicebus.windows.net answered.",
  ],
  [reason("propertiesReadable"), "This dashboard's identity may read the hub's properties."],
  [
    reason("partitionsAnswered", { eventHubName: "orders", partitions: 1_024 }),
    "orders has 1,024 partitions; all answered.",
  ],
  [
    reason("partitionsSilent", {
      eventHubName: "orders",
      partitions: 4,
      silent: 1,
      because: reason("partitionGone"),
    }),
    "orders has 4 partitions; 1 did not answer. The first: The event hub no longer has this partition.",
  ],
  [reason("groupsListed", { groups: 1 }), "Azure Resource Manager lists 1 group."],
  [
    reason("noInspectionGroup"),
    "inspectionConsumerGroup is not configured: an event can only be read while its group is idle.",
  ],
  [reason("inspectionGroupExists", { group: "tidemark" }), '"tidemark" is configured and exists.'],
  [
    reason("inspectionGroupMissing", { group: "tidemark" }),
    '"tidemark" is configured, but the hub has no such group.',
  ],
  [reason("configuredGroupsSeen", { groups: 2 }), "All 2 configured groups have blobs."],
  [reason("configuredGroupsSeen", { groups: 1 }), "The configured group has blobs."],
  [
    reason("configuredGroupsUnseen", { groups: ["bilings"], others: [], unreadStores: [] }),
    '"bilings": no checkpoint and no ownership found.',
  ],
  [
    reason("configuredGroupsUnseen", {
      groups: ["a", "b", "c", "d", "e", "f"],
      others: ["billing"],
      unreadStores: ["main"],
    }),
    '"a", "b", "c", "d", "e" and 1 more: no checkpoint and no ownership found. The stores hold "billing". Not every store could be read: "main".',
  ],
  [
    reason("checkpointsAhead", { checkpoints: 2, because: reason("checkpointOfFormerHub") }),
    "2 checkpoints belong to another hub or stream. The first: The checkpoint is older than the event hub, which was re-created.",
  ],
  [reason("checkpointsInStream"), "Every checkpoint is in its hub's stream, or before it."],
  [
    reason("layoutsSeen", {
      layouts: [
        { format: "common", checkpoints: 1 },
        { format: "eph", checkpoints: 2 },
      ],
    }),
    "Seen: common (1 checkpoint), eph (2 checkpoints).",
  ],
  [reason("blobsReadable"), "All checkpoints and ownerships are valid."],
  [
    reason("blobsBroken", { blobs: 2 }),
    "2 blobs are invalid and hide their partitions' figures. Some invalid blobs also stop the group's processors on all partitions: the lines below say which.",
  ],
  [
    reason("nothingLeftOver"),
    "No blob of a deleted group or a removed partition was found, and none that a move left behind.",
  ],
  [
    reason("blobsLeftOver", {
      blobs: 2,
      groups: ["billing"],
      bytes: 120,
      oldestSeconds: 700_000,
      asksGroups: true,
      knowsMoves: true,
    }),
    '2 blobs of "billing" could be cleaned up, 120 bytes; the oldest has not changed for 8 d 2 h.',
  ],
  [
    reason("blobsLeftOver", {
      blobs: 1,
      groups: ["billing"],
      bytes: null,
      oldestSeconds: 60,
      asksGroups: false,
      knowsMoves: false,
    }),
    '1 blob of "billing" could be cleaned up; the oldest has not changed for 1 m. Blobs of deleted groups are not counted: Azure Resource Manager does not list the groups. Blobs that moves left behind are not counted: the record of moves was not read yet.',
  ],
  [reason("checkpointsStandOnce", { trees: [] }), "Each partition has one checkpoint at most."],
  [
    reason("checkpointsStandOnce", { trees: ["a/", "A/"] }),
    'Each partition has one checkpoint at most. Some names are spelled in more than one way: "a/", "A/".',
  ],
  [
    reason("checkpointsStandTwice", { groups: ["billing"] }),
    '1 group with more than one checkpoint for a partition: "billing". The newest counts.',
  ],
]);

import { notCheckedReasons } from "#lib/api/reasons/checks/not-checked.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { tellsEach } from "../tells-each.ts";

tellsEach("reasons that a check was not made", notCheckedReasons, [
  [reason("hubNotReadYet"), "The hub has not been read yet."],
  [
    reason("goneGroupsNotSeen"),
    "No blobs of removed partitions were found. Blobs of deleted groups were not looked for: Azure Resource Manager does not list the groups.",
  ],
  [
    reason("movesNotKnown"),
    "No blobs of deleted groups or removed partitions were found. Blobs that moves left behind could not be looked for: the record of moves was not read yet.",
  ],
  [reason("storeNotReadYet"), "The store has not been read yet."],
  [reason("namespaceSilent"), "The namespace did not answer, so this could not be checked."],
  [reason("hubNotRead"), "The hub could not be read, so this could not be checked."],
  [reason("rightsNotSeen"), "The service answered before it looked at this dashboard's rights."],
  [reason("storeNotRead"), "The store could not be read, so this could not be checked."],
  [reason("noStoreRead"), "No store could be read, so this could not be checked."],
  [reason("noBlobs"), "This store has no checkpoints and no ownerships of this hub."],
  [reason("noCheckpoints"), "This store has no checkpoint of this hub."],
  [reason("nothingToCompare"), "There is no checkpoint to compare with the hub."],
  [reason("noGroupsNamed"), "consumerGroups is empty, so there is nothing to check."],
  [reason("notLookedAround"), "The container has not been searched yet."],
  [
    reason("lookedAroundInPart"),
    "Only part of the container was searched for other layouts. None was found there.",
  ],
  [
    reason("resourceManagerOff"),
    "Azure Resource Manager is not used: subscriptionId and resourceGroup are not configured.",
  ],
  [
    reason("noLayoutSeen", { formats: ["common", "dapr"] }),
    "No checkpoint was seen. Looked for: common, dapr.",
  ],
  [
    reason("groupNotAsked", { group: "tidemark" }),
    '"tidemark" is configured. Azure Resource Manager is not used, so it is unknown whether the group exists.',
  ],
  [
    reason("groupNotListed", { group: "tidemark" }),
    '"tidemark" is configured. Azure Resource Manager did not list the groups, so it is unknown whether the group exists.',
  ],
  [
    reason("settingsNotSeen", { off: [], unseen: ["soft delete", "versioning"] }),
    "Whether soft delete and versioning is on could not be seen from here.",
  ],
  [
    reason("settingsNotSeen", { off: ["soft delete"], unseen: ["versioning"] }),
    "The account has soft delete off. Whether versioning is on could not be seen from here.",
  ],
  [
    reason("notAllCompared", { missing: 1, checkpoints: 2 }),
    "1 of 2 checkpoints could not be compared with the hub: the partition, the blob or the store could not be read. The others are in the hub's stream, or before it.",
  ],
  [reason("hiddenFromRole"), "The details name other hubs that your role does not cover."],
]);

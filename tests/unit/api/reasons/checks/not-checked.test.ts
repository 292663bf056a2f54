import { notCheckedReasons } from "#lib/api/reasons/checks/not-checked.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { tellsEach } from "../tells-each.ts";

tellsEach("reasons that a check was not made", notCheckedReasons, [
  [reason("hubNotReadYet"), "The hub has not been read yet."],
  [reason("storeNotReadYet"), "The store has not been read yet."],
  [reason("namespaceSilent"), "The namespace did not answer, so nothing can be said of it."],
  [reason("hubNotRead"), "The hub could not be read, so nothing can be said of it."],
  [reason("rightsNotSeen"), "The service answered before it looked at this dashboard's rights."],
  [reason("storeNotRead"), "The store could not be read, so nothing can be said of it."],
  [reason("noStoreRead"), "No store could be read, so nothing can be said of it."],
  [
    reason("noBlobs"),
    "No checkpoint and no ownership of this hub stands here, so there was none to look at.",
  ],
  [reason("noCheckpoints"), "No checkpoint of this hub stands here, so there was none to look at."],
  [reason("nothingToCompare"), "No checkpoint was seen that could be compared with the hub."],
  [reason("noGroupsNamed"), "consumerGroups names none."],
  [reason("notLookedAround"), "Nobody has looked around in the container yet."],
  [
    reason("lookedAroundInPart"),
    "Nothing that was looked at looks like such a layout; the container holds more than was looked at.",
  ],
  [
    reason("resourceManagerOff"),
    "Azure Resource Manager is not asked: subscriptionId and resourceGroup are not configured.",
  ],
  [
    reason("noLayoutSeen", { formats: ["common", "dapr"] }),
    "No checkpoint was seen. Looked for: common, dapr.",
  ],
  [
    reason("groupNotAsked", { group: "tidemark" }),
    '"tidemark" is configured; Azure Resource Manager is not asked whether it exists.',
  ],
  [
    reason("groupNotListed", { group: "tidemark" }),
    '"tidemark" is configured; Azure Resource Manager did not list the groups, so whether it exists is not known.',
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
    "1 of 2 checkpoints could not be compared with the hub: the partition, the blob or the store could not be read. The others lie in the hub's stream, or before it.",
  ],
  [reason("hiddenFromRole"), "The details name other hubs, which your role does not cover."],
]);

import { z } from "zod";
import { formatCount, plural } from "#lib/core/figures.ts";
import { count, declare } from "../declare.ts";

const names = z.array(z.string());
const bare = (meaning: string, sentence: string, remedy: string | null = null) =>
  declare({}, { meaning, remedy, sentence: () => sentence });

export const notCheckedReasons = {
  goneGroupsNotSeen: bare(
    "No blobs of removed partitions were found. Blobs of deleted groups need Azure Resource Manager to be found.",
    "No blobs of removed partitions were found. Blobs of deleted groups were not looked for: Azure Resource Manager does not list the groups.",
  ),
  movesNotKnown: bare(
    "No blobs of deleted groups or removed partitions were found. What moves left behind needs the history to be found.",
    "No blobs of deleted groups or removed partitions were found. Blobs that moves left behind could not be looked for: the record of moves was not read yet.",
  ),
  hubNotReadYet: bare("The event hub has not been read yet.", "The hub has not been read yet."),
  storeNotReadYet: bare("The store has not been read yet.", "The store has not been read yet."),
  namespaceSilent: bare(
    "The namespace did not answer, so this check was not made.",
    "The namespace did not answer, so this could not be checked.",
    "See the check `namespace`.",
  ),
  hubNotRead: bare(
    "The event hub could not be read, so this check was not made.",
    "The hub could not be read, so this could not be checked.",
    "See the checks of the event hub.",
  ),
  rightsNotSeen: bare(
    "The service answered before it looked at the dashboard's rights.",
    "The service answered before it looked at this dashboard's rights.",
  ),
  storeNotRead: bare(
    "The store could not be read, so this check was not made.",
    "The store could not be read, so this could not be checked.",
    "See the checks of the store.",
  ),
  noStoreRead: bare(
    "No store could be read, so this check was not made.",
    "No store could be read, so this could not be checked.",
    "See the checks of the stores.",
  ),
  noBlobs: bare(
    "The store has no checkpoints and no ownerships of this hub.",
    "This store has no checkpoints and no ownerships of this hub.",
  ),
  noCheckpoints: bare(
    "No checkpoint of this hub stands in the store.",
    "This store has no checkpoint of this hub.",
  ),
  nothingToCompare: bare(
    "No checkpoint was seen that could be compared with the hub.",
    "There is no checkpoint to compare with the hub.",
  ),
  noGroupsNamed: bare(
    "The configuration names no consumer group.",
    "consumerGroups is empty, so there is nothing to check.",
  ),
  notLookedAround: bare(
    "The container has not been searched for other layouts yet.",
    "The container has not been searched yet.",
  ),
  lookedAroundInPart: bare(
    "Only part of the container was searched for other layouts. None was found there.",
    "Only part of the container was searched for other layouts. None was found there.",
  ),
  resourceManagerOff: bare(
    "Azure Resource Manager is not configured.",
    "Azure Resource Manager is not used: subscriptionId and resourceGroup are not configured.",
    "Configure `subscriptionId` and `resourceGroup`.",
  ),
  noLayoutSeen: declare(
    { formats: names },
    {
      meaning: "No checkpoint of any of the configured layouts was seen.",
      remedy: null,
      sentence: ({ formats }) => `No checkpoint was seen. Looked for: ${formats.join(", ")}.`,
    },
  ),
  groupNotAsked: declare(
    { group: z.string() },
    {
      meaning:
        "The inspection group is configured, and Azure Resource Manager is not asked whether it exists.",
      remedy: "Configure `subscriptionId` and `resourceGroup`.",
      sentence: ({ group }) =>
        `${JSON.stringify(group)} is configured. Azure Resource Manager is not used, so it is unknown whether the group exists.`,
    },
  ),
  groupNotListed: declare(
    { group: z.string() },
    {
      meaning: "The inspection group is configured, and Azure Resource Manager did not list the groups.",
      remedy: "See the check `resourceManager`.",
      sentence: ({ group }) =>
        `${JSON.stringify(group)} is configured. Azure Resource Manager did not list the groups, so it is unknown whether the group exists.`,
    },
  ),
  settingsNotSeen: declare(
    { off: names, unseen: names },
    {
      meaning: "Some of the account's retention settings can't be seen from here.",
      remedy: "Look at them in the portal.",
      sentence: ({ off, unseen }) =>
        `${off.length === 0 ? "" : `The account has ${off.join(" and ")} off. `}Whether ${unseen.join(" and ")} is on could not be seen from here.`,
    },
  ),
  notAllCompared: declare(
    { missing: count, checkpoints: count },
    {
      meaning: "Some checkpoints could not be compared with the hub; the others lie in its stream.",
      remedy: "See the checks of the hub and of the stores.",
      sentence: ({ missing, checkpoints }) =>
        `${formatCount(missing)} of ${plural(checkpoints, "checkpoint")} could not be compared with the hub: the partition, the blob or the store could not be read. The others are in the hub's stream, or before it.`,
    },
  ),
  hiddenFromRole: bare(
    "The details name other event hubs, which the caller's role does not cover.",
    "The details name other hubs that your role does not cover.",
    "Ask an admin for a role that covers them.",
  ),
};

import { counted } from "./check.ts";

/** Why a check was not made, each a sentence: what was never looked at neither passes nor fails. */
export const notChecked = {
  hubUnread: "The hub has not been read yet.",
  storeUnread: "The store has not been read yet.",
  namespaceFailed: "The namespace did not answer, so nothing can be said of it.",
  hubRefused: "The hub could not be read, so nothing can be said of it.",
  rightsUnseen: "The service answered before it looked at this dashboard's rights.",
  storeFailed: "The store could not be read, so nothing can be said of it.",
  storesFailed: "No store could be read, so nothing can be said of it.",
  noBlobs: "No checkpoint and no ownership of this hub stands here, so there was none to look at.",
  noCheckpoints: "No checkpoint of this hub stands here, so there was none to look at.",
  noComparable: "No checkpoint was seen that could be compared with the hub.",
  noGroupsNamed: "consumerGroups names none.",
  surveyMissing: "Nobody has looked around in the container yet.",
  surveyPartial:
    "Nothing that was looked at looks like such a layout; the container holds more than was looked at.",
  resourceManagerOff:
    "Azure Resource Manager is not asked: subscriptionId and resourceGroup are not configured.",
  formatsLookedFor: (formats: readonly string[]) =>
    `No checkpoint was seen. Looked for: ${formats.join(", ")}.`,
  groupNotAsked: (name: string) =>
    `${JSON.stringify(name)} is configured; Azure Resource Manager is not asked whether it exists.`,
  groupNotListed: (name: string) =>
    `${JSON.stringify(name)} is configured; Azure Resource Manager did not list the groups, so whether it exists is not known.`,
  settingsUnseen: (off: readonly string[], unseen: readonly string[]) =>
    `${off.length === 0 ? "" : `The account has ${off.join(" and ")} off. `}Whether ${unseen.join(" and ")} is on could not be seen from here.`,
  notAllComparable: (missing: number, all: number) =>
    `${missing} of ${counted(all, "checkpoint")} could not be compared with the hub: the partition, the blob or the store could not be read. The others lie in the hub's stream, or before it.`,
};

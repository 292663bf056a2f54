import { z } from "zod";
import { formatCount, formatDuration, plural } from "#lib/core/figures.ts";
import { count, declare, errorShape, withinSchema } from "../declare.ts";

const names = z.array(z.string());
const name = z.string();
const see = "See the check's own `remedy`.";

export const checkReasons = {
  checkFailed: declare(errorShape, {
    meaning: "What was checked failed with this error.",
    remedy: see,
    sentence: ({ errorCode, errorMessage }) => `${errorMessage} [${errorCode}]`,
  }),
  namespaceAnswered: declare(
    { namespace: name },
    {
      meaning: "The namespace answered.",
      remedy: null,
      sentence: ({ namespace }) => `${namespace} answered.`,
    },
  ),
  propertiesReadable: declare(
    {},
    {
      meaning: "The dashboard's identity may read the hub's properties.",
      remedy: null,
      sentence: () => "This dashboard's identity may read the hub's properties.",
    },
  ),
  partitionsAnswered: declare(
    { eventHubName: name, partitions: count },
    {
      meaning: "The hub and all of its partitions answered.",
      remedy: null,
      sentence: ({ eventHubName, partitions }) =>
        partitions === 1
          ? `${eventHubName} has 1 partition; it answered.`
          : `${eventHubName} has ${plural(partitions, "partition")}; all answered.`,
    },
  ),
  partitionsSilent: declare(
    { eventHubName: name, partitions: count, silent: count, because: withinSchema },
    {
      meaning: "Some partitions did not answer; `because` is the first one's failure.",
      remedy: see,
      sentence: ({ eventHubName, partitions, silent, because }, say) =>
        `${eventHubName} has ${plural(partitions, "partition")}; ${formatCount(silent)} did not answer. The first: ${say(because)}`,
    },
  ),
  groupsListed: declare(
    { groups: count },
    {
      meaning: "Azure Resource Manager lists the hub's consumer groups.",
      remedy: null,
      sentence: ({ groups }) => `Azure Resource Manager lists ${plural(groups, "group")}.`,
    },
  ),
  noInspectionGroup: declare(
    {},
    {
      meaning: "No inspection group is configured: events can be read only while their own group is idle.",
      remedy: see,
      sentence: () =>
        "inspectionConsumerGroup is not configured: an event can only be read while its group is idle.",
    },
  ),
  inspectionGroupExists: declare(
    { group: name },
    {
      meaning: "The inspection group is configured, and exists.",
      remedy: null,
      sentence: ({ group }) => `${JSON.stringify(group)} is configured and exists.`,
    },
  ),
  inspectionGroupMissing: declare(
    { group: name },
    {
      meaning: "The inspection group is configured, but the hub has no such group.",
      remedy: see,
      sentence: ({ group }) => `${JSON.stringify(group)} is configured, but the hub has no such group.`,
    },
  ),
  configuredGroupsSeen: declare(
    { groups: count },
    {
      meaning: "Every configured group has blobs.",
      remedy: null,
      sentence: ({ groups }) =>
        groups === 1
          ? "The configured group has blobs."
          : `All ${formatCount(groups)} configured groups have blobs.`,
    },
  ),
  configuredGroupsUnseen: declare(
    { groups: names, others: names, unreadStores: names },
    {
      meaning: "Configured groups have no blob. `others`: groups that the stores hold.",
      remedy: see,
      sentence: ({ groups, others, unreadStores }) =>
        `${listed(groups)}: no checkpoint and no ownership found.` +
        (others.length === 0 ? "" : ` The stores hold ${listed(others)}.`) +
        (unreadStores.length === 0 ? "" : ` Not every store could be read: ${listed(unreadStores)}.`),
    },
  ),
  checkpointsAhead: declare(
    { checkpoints: count, because: withinSchema },
    {
      meaning: "Checkpoints can't be of this hub as it is; `because` is the first one's reason.",
      remedy: see,
      sentence: ({ checkpoints, because }, say) =>
        `${plural(checkpoints, "checkpoint belongs", "checkpoints belong")} to another hub or stream. The first: ${say(because)}`,
    },
  ),
  checkpointsInStream: declare(
    {},
    {
      meaning: "Every checkpoint lies in its hub's stream, or before it.",
      remedy: null,
      sentence: () => "Every checkpoint is in its hub's stream, or before it.",
    },
  ),
  layoutsSeen: declare(
    { layouts: z.array(z.object({ format: name, checkpoints: count })) },
    {
      meaning: "The layouts of the checkpoints that were seen.",
      remedy: null,
      sentence: ({ layouts }) =>
        `Seen: ${layouts.map(({ format, checkpoints }) => `${format} (${plural(checkpoints, "checkpoint")})`).join(", ")}.`,
    },
  ),
  blobsReadable: declare(
    {},
    {
      meaning: "All checkpoints and ownerships are valid.",
      remedy: null,
      sentence: () => "All checkpoints and ownerships are valid.",
    },
  ),
  blobsBroken: declare(
    { blobs: count },
    {
      meaning: "Blobs can't be used as written; some stop processors of their group on all partitions.",
      remedy: see,
      sentence: ({ blobs }) =>
        `${plural(blobs, "blob is", "blobs are")} invalid and ${blobs === 1 ? "hides its partition's" : "hide their partitions'"} figures. Some invalid blobs also stop the group's processors on all partitions: the lines below say which.`,
    },
  ),
  nothingLeftOver: declare(
    {},
    {
      meaning:
        "Every blob is of a group and a partition that exist, no ownership is broken, and no move left a blob behind.",
      remedy: null,
      sentence: () =>
        "No blob of a deleted group or a removed partition was found, and none that a move left behind.",
    },
  ),
  blobsLeftOver: declare(
    {
      blobs: count,
      groups: names,
      bytes: count.nullable(),
      oldestSeconds: z.number(),
      asksGroups: z.boolean(),
      knowsMoves: z.boolean(),
    },
    {
      meaning:
        "Blobs of groups or partitions that are gone, placeholders, what moves left behind, or ownerships that name no owner. `bytes` null: not known. `asksGroups` false: Azure Resource Manager does not list the groups, so blobs of deleted groups are not counted. `knowsMoves` false: what moves left behind is not counted, since the history was not read yet.",
      remedy: see,
      sentence: ({ blobs, groups, bytes, oldestSeconds, asksGroups, knowsMoves }) =>
        `${plural(blobs, "blob")} of ${listed(groups)} could be cleaned up${bytes === null ? "" : `, ${plural(bytes, "byte")}`}; the oldest has not changed for ${formatDuration(oldestSeconds)}.${asksGroups ? "" : " Blobs of deleted groups are not counted: Azure Resource Manager does not list the groups."}${knowsMoves ? "" : " Blobs that moves left behind are not counted: the record of moves was not read yet."}`,
    },
  ),
  checkpointsStandOnce: declare(
    { trees: names },
    {
      meaning:
        "Each partition has one checkpoint at most. `trees`: names that are spelled in more than one way.",
      remedy: null,
      sentence: ({ trees }) =>
        trees.length === 0
          ? "Each partition has one checkpoint at most."
          : `Each partition has one checkpoint at most. Some names are spelled in more than one way: ${listed(trees)}.`,
    },
  ),
  checkpointsStandTwice: declare(
    { groups: names },
    {
      meaning: "More than one blob speaks for partitions of these groups; the newest counts.",
      remedy: see,
      sentence: ({ groups }) =>
        `${plural(groups.length, "group")} with more than one checkpoint for a partition: ${listed(groups)}. The newest counts.`,
    },
  ),
};

export function listed(all: readonly string[], most = 5): string {
  const shown = all.slice(0, most).map((one) => JSON.stringify(one));
  const more = all.length - shown.length;
  return `${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

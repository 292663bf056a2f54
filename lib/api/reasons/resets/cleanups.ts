import { z } from "zod";
import { formatCount, plural } from "#lib/core/figures.ts";
import { count, declare, withinSchema } from "../declare.ts";

const blob = { blobName: z.string() };
const again = "Make a new plan.";

export const cleanupReasons = {
  nothingToClean: declare(
    {},
    {
      meaning: "The group has no blob that could be cleaned up.",
      remedy: null,
      sentence: () => "There is nothing to clean up.",
    },
  ),
  allBlobsBlocked: declare(
    { blobs: count },
    {
      meaning: "The plan can do nothing to any blob. Each has a different reason.",
      remedy: "Read `blockedBy` of each entry.",
      sentence: ({ blobs }, _, { done }) =>
        blobs === 1
          ? `The blob can't be ${done}. Its entry says why.`
          : `None of the ${formatCount(blobs)} blobs can be ${done}. Each entry says why.`,
    },
  ),
  goneGroupsNotKnown: declare(
    { because: withinSchema },
    {
      meaning: "Azure Resource Manager did not list the hub's consumer groups, so no group counts as gone.",
      remedy: "Everything else can be cleaned up. For blobs of groups that are gone, make a new plan later.",
      sentence: ({ because }, say) =>
        `Nobody knows which groups are gone, so none counts as gone. ${say(because)}`,
    },
  ),
  moreMisnamed: declare(
    { blobs: z.number() },
    {
      meaning: "The group has more blobs that no partition has the name of than one plan takes.",
      remedy: "Once this plan is applied, make another one.",
      sentence: ({ blobs }) =>
        `${plural(blobs, "more blob")} that ${blobs === 1 ? "is" : "are"} no partition's ${blobs === 1 ? "is" : "are"} left for another plan, after this one.`,
    },
  ),
  blobChanged: declare(blob, {
    meaning: "The blob is not the one of the plan any more: it was written, deleted or made since.",
    remedy: again,
    sentence: ({ blobName }) => `${blobName} changed after the plan was made, so nothing was done. ${again}`,
  }),
  cleanupHoldsNot: declare(blob, {
    meaning: "The blob is needed again: its group or partition is back, or its checkpoint moves.",
    remedy: again,
    sentence: ({ blobName }) =>
      `${blobName} is needed again: its group or partition is back, or its checkpoint moves. ${again}`,
  }),
  startsAtDefault: declare(
    {},
    {
      meaning: "Without this checkpoint, the partition's processors use their configured start position.",
      remedy: "Reset the partition instead: that repairs the checkpoint, and you choose where it goes on.",
      sentence: () =>
        "Without this checkpoint, processors use their configured start position. To choose another position, reset the partition instead.",
    },
  ),
  blobStandsAgain: declare(blob, {
    meaning: "The blob was written or deleted since the clean-up, so what stands there now is left alone.",
    remedy: null,
    sentence: ({ blobName }) =>
      `${blobName} was written or deleted after the clean-up, so the undo does not change it.`,
  }),
  blobStandsUnchanged: declare(blob, {
    meaning: "The clean-up did not change the blob after all, so there is nothing to undo.",
    remedy: null,
    sentence: ({ blobName }) => `There is nothing to undo: ${blobName} was not changed.`,
  }),
  blobNotKept: declare(
    { ...blob, bytes: count, mostBytes: count },
    {
      meaning: "The blob holds more than is stored for an undo, so it is not cleaned up.",
      remedy: "Look at what it is. It is no checkpoint: those hold a few hundred bytes.",
      sentence: ({ blobName, bytes, mostBytes }) =>
        `${blobName} holds ${plural(bytes, "byte")}. More than ${formatCount(mostBytes)} can't be stored for an undo, so it stays as it is.`,
    },
  ),
  bringsBackBroken: declare(
    {},
    {
      meaning: "The blob was broken, and stops the group's processors again once it is brought back.",
      remedy: null,
      sentence: () => "This blob was broken. If you restore it, it stops the group's processors again.",
    },
  ),
  tagsNotKept: declare(
    { store: z.string(), because: withinSchema },
    {
      meaning: "The blobs' index tags can't be read, so an undo would restore the blobs without them.",
      remedy:
        "If the blobs have index tags, let somebody clean up who may read them: the role Storage Blob Data Owner, or a signature with the permission Tags.",
      sentence: ({ store, because }, say) =>
        `The index tags in the store ${store} can't be read, so an undo would restore the blobs without them. ${say(because)}`,
    },
  ),
  tagsNotRestored: declare(
    {},
    {
      meaning: "The blob's index tags were not recorded when it was deleted, so it is restored without them.",
      remedy: "Set its index tags by hand, if it had any.",
      sentence: () =>
        "Its index tags were not recorded when it was deleted. If it had any, set them by hand.",
    },
  ),
};

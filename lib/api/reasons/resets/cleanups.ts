import { z } from "zod";
import { declare } from "../declare.ts";

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
  blobChanged: declare(blob, {
    meaning: "The blob is not the one of the plan any more: it was written, deleted or made since.",
    remedy: again,
    sentence: ({ blobName }) => `${blobName} has changed since, so it is left as it is. ${again}`,
  }),
  cleanupHoldsNot: declare(blob, {
    meaning:
      "What made the blob superfluous is no longer so: its group or partition is there again, or moves.",
    remedy: again,
    sentence: ({ blobName }) =>
      `What made ${blobName} superfluous is no longer so: its group or partition is there again, or it moves. ${again}`,
  }),
  startsAtDefault: declare(
    {},
    {
      meaning: "Without this checkpoint the partition's processors begin at their default start.",
      remedy: "Reset the partition instead: that repairs the checkpoint, and you choose where it goes on.",
      sentence: () =>
        "Without this checkpoint the partition's processors begin at their default start. Reset the partition instead to choose where it goes on.",
    },
  ),
  blobStandsAgain: declare(blob, {
    meaning: "The blob was written or deleted since the clean-up, so what stands there now is left alone.",
    remedy: null,
    sentence: ({ blobName }) =>
      `${blobName} was written or deleted since the clean-up: what stands there now is left alone.`,
  }),
  bringsBackBroken: declare(
    {},
    {
      meaning: "The blob was broken, and stops the group's processors again once it is brought back.",
      remedy: null,
      sentence: () => "This blob was broken: it stops the group's processors again once it is brought back.",
    },
  ),
};

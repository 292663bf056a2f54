import { z } from "zod";
import { declare, errorShape, withinSchema } from "../declare.ts";

const again = "Make a new plan for what is left.";

export const resetReasons = {
  dashboardStopped: declare(
    {},
    {
      meaning: "The dashboard was stopped before this partition's turn came.",
      remedy: again,
      sentence: (_, __, { entry }) => `The dashboard was stopped before this ${entry}'s turn came. ${again}`,
    },
  ),
  dashboardStoppedAmid: declare(
    {},
    {
      meaning: "The dashboard was stopped while the partition was being reset.",
      remedy: again,
      sentence: (_, __, { noun }) => `The dashboard was stopped during the ${noun}.`,
    },
  ),
  stopAskedFor: declare(
    { actor: z.string(), when: z.enum(["now", "afterWave"]) },
    {
      meaning: "Somebody stopped the live reset before this partition's turn came.",
      remedy: again,
      sentence: ({ actor, when }, _, { noun }) =>
        `${actor} stopped the ${noun}${when === "afterWave" ? " after its wave" : ""}.`,
    },
  ),
  stopAskedForAmid: declare(
    { actor: z.string() },
    {
      meaning: "Somebody stopped the live reset in this partition's turn; it was released.",
      remedy: again,
      sentence: ({ actor }, _, { noun }) =>
        `${actor} stopped the ${noun} during this partition's turn. It was released.`,
    },
  ),
  clearUpStopped: declare(
    {},
    {
      meaning: "The dashboard that cleared up after another one was stopped as well.",
      remedy: again,
      sentence: () => "The dashboard that cleaned up was also stopped.",
    },
  ),
  storeTooSlow: declare(
    {},
    {
      meaning:
        "Storage or the history's database answers too slowly: each reading of the group was out of date.",
      remedy: "Try again once they answer faster.",
      sentence: () =>
        "Nothing was written: storage or the history's database answered too slowly, so every reading of the group was out of date.",
    },
  ),
  groupGone: declare(
    {},
    {
      meaning: "The group's event hub or store is no longer watched.",
      remedy: "Configure them again.",
      sentence: () =>
        "The group is no longer watched: its event hub or store was removed from the configuration.",
    },
  ),
  groupUnread: declare(errorShape, {
    meaning: "The group could not be looked at before the write.",
    remedy: "Follow the error's own message, then make a new plan.",
    sentence: ({ errorMessage }) => `The group could not be read before the write: ${errorMessage}`,
  }),
  hubUnread: declare(errorShape, {
    meaning: "The event hub could not be read before a wave.",
    remedy: "Follow the error's own message, then make a new plan.",
    sentence: ({ errorMessage }) => `The event hub could not be read before this wave: ${errorMessage}`,
  }),
  notBegun: declare(
    { because: withinSchema },
    {
      meaning: "The reset was broken off before this partition's turn came.",
      remedy: again,
      sentence: ({ because }, say, { noun }) =>
        `Not started, because the ${noun} was stopped. ${say(because)}`,
    },
  ),
  cutOff: declare(
    { mode: z.enum(["offline", "live"]) },
    {
      meaning: "The dashboard that ran the reset died; another one completed the record.",
      remedy: again,
      sentence: ({ mode }, _, { noun }) =>
        `The dashboard ended during the ${noun}. ${mode === "live" ? "Paused partitions were released" : "What was done remains"}; the rest was not changed.`,
    },
  ),
  cutOffAmid: declare(
    {},
    {
      meaning: "The dashboard that ran the reset died while it had this partition in hand.",
      remedy: again,
      sentence: (_, __, { doing }) => `The dashboard ended while it was ${doing} this partition.`,
    },
  ),
  cutOffBefore: declare(
    {},
    {
      meaning: "The dashboard that ran the reset died before this partition was written.",
      remedy: again,
      sentence: (_, __, { entry }) => `The dashboard ended before this ${entry} was written. ${again}`,
    },
  ),
  cutOffUnknown: declare(
    { because: withinSchema },
    {
      meaning:
        "The dashboard that ran the reset died, and it can't be told whether this partition was written.",
      remedy: "Compare the checkpoint with what was to be written.",
      sentence: ({ because }, say, { noun, entry }) =>
        `The dashboard ended during the ${noun}, and it is unknown whether this ${entry} was written. ${say(because)}`,
    },
  ),
  takenOver: declare(
    {},
    {
      meaning: "Another dashboard has taken the reset over.",
      remedy: null,
      sentence: (_, __, { noun }) => `Another dashboard has taken over the ${noun}.`,
    },
  ),
};

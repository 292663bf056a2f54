import { z } from "zod";
import { declare, errorShape, withinSchema } from "../declare.ts";

const again = "Make a new plan for what is left.";

export const resetReasons = {
  dashboardStopped: declare(
    {},
    {
      meaning: "The dashboard was stopped before this partition's turn came.",
      remedy: again,
      sentence: () => `The dashboard was stopped before this partition's turn came. ${again}`,
    },
  ),
  dashboardStoppedAmid: declare(
    {},
    {
      meaning: "The dashboard was stopped while the partition was being reset.",
      remedy: again,
      sentence: () => "The dashboard was stopped during the reset.",
    },
  ),
  stopAskedFor: declare(
    { actor: z.string(), when: z.enum(["now", "afterWave"]) },
    {
      meaning: "Somebody stopped the live reset before this partition's turn came.",
      remedy: again,
      sentence: ({ actor, when }) =>
        `${actor} stopped the reset${when === "afterWave" ? " after its wave" : ""}.`,
    },
  ),
  stopAskedForAmid: declare(
    { actor: z.string() },
    {
      meaning: "Somebody stopped the live reset in this partition's turn; it was released.",
      remedy: again,
      sentence: ({ actor }) => `${actor} stopped the reset during this partition's turn. It was released.`,
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
      sentence: ({ because }, say) => `Not started, because the reset was stopped. ${say(because)}`,
    },
  ),
  cutOff: declare(
    { mode: z.enum(["offline", "live"]) },
    {
      meaning: "The dashboard that ran the reset died; another one completed the record.",
      remedy: again,
      sentence: ({ mode }) =>
        `The dashboard ended during the reset. ${mode === "live" ? "Paused partitions were released" : "Written checkpoints remain"}; the rest was not changed.`,
    },
  ),
  cutOffAmid: declare(
    {},
    {
      meaning: "The dashboard that ran the reset died while it had this partition in hand.",
      remedy: again,
      sentence: () => "The dashboard ended while it was resetting this partition.",
    },
  ),
  cutOffBefore: declare(
    {},
    {
      meaning: "The dashboard that ran the reset died before this partition was written.",
      remedy: again,
      sentence: () => `The dashboard ended before this partition was written. ${again}`,
    },
  ),
  cutOffUnknown: declare(
    { because: withinSchema },
    {
      meaning:
        "The dashboard that ran the reset died, and it can't be told whether this partition was written.",
      remedy: "Compare the checkpoint with what the reset was to write.",
      sentence: ({ because }, say) =>
        `The dashboard ended during the reset, and it is unknown whether this partition was written. ${say(because)}`,
    },
  ),
  takenOver: declare(
    {},
    {
      meaning: "Another dashboard has taken the reset over.",
      remedy: null,
      sentence: () => "Another dashboard has taken over the reset.",
    },
  ),
};

import { z } from "zod";
import { formatCount, plural } from "#lib/core/figures.ts";
import { count, declare, withinSchema } from "../declare.ts";

const again = "Make a new plan for the rest.";

export const groupMoveReasons = {
  groupRunning: declare(
    { partitions: count, because: withinSchema },
    {
      meaning: "Somebody reads or owns partitions of the group on either side, so it is left alone.",
      remedy: "Stop its processors, then make a new plan, or choose to wait for groups that run.",
      sentence: ({ partitions, because }, say) =>
        `The group runs on ${plural(partitions, "partition")}, so it is left alone. ${say(because)}`,
    },
  ),
  partitionsLeft: declare(
    { partitions: count, because: withinSchema },
    {
      meaning: "Some partitions of the group are left alone.",
      remedy: "Look at the group's reset, then move this group, or undo its reset, separately.",
      sentence: ({ partitions, because }, say) =>
        `${plural(partitions, "partition")} ${partitions === 1 ? "is" : "are"} left alone. ${say(because)}`,
    },
  ),
  nothingToMove: declare(
    {},
    {
      meaning: "The group has no checkpoint in the store that it would be moved from.",
      remedy: null,
      sentence: () => "The group has no checkpoint in this store.",
    },
  ),
  targetStoreMissing: declare(
    { hub: z.string() },
    {
      meaning: "The group's hub has no store of the container that the groups go to.",
      remedy: "Configure that container as a store of the hub, then make a new plan.",
      sentence: ({ hub }) =>
        `The hub ${hub} has no store of the container that the groups go to. Configure it, then make a new plan.`,
    },
  ),
  storeRepointed: declare(
    { store: z.string() },
    {
      meaning: "A store's id now names another container than when the move was planned.",
      remedy: again,
      sentence: ({ store }) =>
        `The store ${store} now names another container than when this was planned. ${again}`,
    },
  ),
  moveStopped: declare(
    { actor: z.string() },
    {
      meaning: "Somebody stopped the move of several groups, or its undo, before this group's turn came.",
      remedy: again,
      sentence: ({ actor }) => `${actor} stopped it before this group's turn came. ${again}`,
    },
  ),
  planNotKept: declare(
    {},
    {
      meaning: "The group's plan has expired: the move was interrupted for too long.",
      remedy: again,
      sentence: () => `The plan of this group has expired. ${again}`,
    },
  ),
  triedTooOften: declare(
    { resets: count },
    {
      meaning: "Each of the group's resets was cut off, so it was not tried again.",
      remedy: "See why the dashboard ends. Then make a new plan for the rest.",
      sentence: ({ resets }) =>
        `${formatCount(resets)} resets of this group were cut off, so it was not tried again. See why the dashboard ends.`,
    },
  ),
};

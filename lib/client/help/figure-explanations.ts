import type { Explanation } from "./explanation.ts";
import { explainedFigures, type FigureName } from "./figure-sections.ts";

const texts: Record<FigureName, string> = {
  Lag: "Events that are not processed yet. Groups that never checkpointed and partitions with unknown lag are left out.",
  "Time lag":
    "Age of the event at the checkpoint, on the partition where it is oldest: deleted events count, in the lag they don't. It is exact to one refresh, or a lower bound where that event is from before the dashboard's first look.",
  "Max time lag":
    "Age of the event at the checkpoint, in the group where it is oldest. A group that is caught up has none.",
  "In · out":
    "In: events enqueued per second, over the last 60 s. Out: events checkpointed in that time, or between the last two checkpoints if they are rarer; after a standstill, since the group resumed.",
  In: "Events enqueued per second, over the last 60 s. Partitions that could not be read are left out.",
  "Catch-up time":
    "How long it takes to process the lag at the present rates. It never ends if events arrive at least as fast as they are processed.",
  Owned:
    "Partitions with an active owner, and how they are shared. A reader that names its partitions itself owns none and may still run.",
  Owners:
    "Processors that own partitions. A partition counts as unowned if its group has an owner elsewhere.",
  "Retention used":
    "Share of the retained events that is unread, where it is highest. At 100 % retention removes unread events.",
  "Loses events in":
    "Time until retention removes the first unread event, at the present rates. It is the soonest of all.",
  Overtaken:
    "Events that retention deleted before the group had checkpointed them. Of those that its processors had read ahead, some may have been processed.",
  Groups: "Consumer groups, counted by their status. Press a count to list its groups.",
  "Last event": "When the newest event of any partition was enqueued. Point at it for the exact time.",
  Retained:
    "Events from each partition's beginning to its last. Compacted event hubs have gaps and hold fewer.",
  Partitions:
    "How many ordered logs the event hub is split into. At most this many processors of a group work at once.",
};

export const figureExplanations: Readonly<Record<string, Explanation>> = Object.fromEntries(
  Object.entries(explainedFigures).map(([name, { href }]) => [
    name,
    { text: texts[name as FigureName], href },
  ]),
);

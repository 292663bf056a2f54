import { about, type Explanation } from "./explanation.ts";

export const figureExplanations = {
  Lag: about(
    "lag",
    "Events that are not processed yet. Groups that never checkpointed and partitions with unknown lag are left out.",
  ),
  "Time lag": about(
    "timeLag",
    "Age of the event at the checkpoint, on the partition where it is oldest. It is exact to one refresh, or a lower bound if the dashboard has not watched that long.",
  ),
  "Max time lag": about(
    "timeLag",
    "Age of the event at the checkpoint, in the group where it is oldest. A group that is caught up has none.",
  ),
  "In · out": about(
    "rates",
    "In: events enqueued per second, over the last 60 s. Out: events checkpointed in that time, or between the last two checkpoints if they are rarer; after a standstill, since the group resumed.",
  ),
  In: about(
    "rates",
    "Events enqueued per second, over the last 60 s. Partitions that could not be read are left out.",
  ),
  "Catch-up time": about(
    "catchUp",
    "How long it takes to process the lag at the present rates. It never ends if events arrive at least as fast as they are processed.",
  ),
  Owned: about(
    "owners",
    "Partitions with an active owner, and how they are shared. A reader that names its partitions itself owns none and may still run.",
  ),
  Owners: about(
    "owners",
    "Processors that own partitions. A partition counts as unowned if its group has an owner elsewhere.",
  ),
  "Retention used": about(
    "retention",
    "Share of the retained events that is unread, where it is highest. At 100 % retention removes unread events.",
  ),
  "Loses events in": about(
    "losing",
    "Time until retention removes the first unread event, at the present rates. It is the soonest of all.",
  ),
  "Lost by retention": about(
    "lost",
    "Events that retention removed before they were read, past the present checkpoints. They leave this figure once the group checkpoints past them; the total keeps them.",
  ),
  Groups: about("status", "Consumer groups, counted by their status. Press a count to list its groups."),
  "Last event": about(
    "numbers",
    "When the newest event of any partition was enqueued. Point at it for the exact time.",
  ),
  Retained: about(
    "numbers",
    "Events from each partition's beginning to its last. Compacted event hubs have gaps and hold fewer.",
  ),
  Partitions: about(
    "words",
    "How many ordered logs the event hub is split into. At most so many processors of a group work at once.",
  ),
} as const satisfies Record<string, Explanation>;

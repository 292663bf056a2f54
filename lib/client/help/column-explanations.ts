import { changeColumnExplanations } from "./change-column-explanations.ts";
import { about, type Explanation } from "./explanation.ts";

const rates = {
  in: about(
    "rates",
    "Events enqueued per second, over the last 60 s. Events that arrived while the dashboard was down do not count.",
  ),
  out: about(
    "rates",
    "Events processed per second, by the checkpoints of the last 60 s. If checkpoints are rarer, it is measured between the last two; after a standstill, since the group resumed.",
  ),
};
const losesIn = about(
  "losing",
  "Time until retention removes the first unread event, at the present rates. Within the hour the group is marked as about to lose events.",
);
const retention = about(
  "retention",
  "Share of the retained events that is unread. At 100 % retention removes unread events.",
);
const partition = about(
  "words",
  "One ordered log of the event hub, named by its id. Each has its own checkpoint and its own owner.",
);
const lastEvent = about(
  "numbers",
  "When the last event was enqueued, by the service's clock. Point at it for the exact time.",
);
const beginning = about(
  "numbers",
  "Sequence number of the oldest event still in the stream. It moves on as retention removes events.",
);
const last = about(
  "numbers",
  "Sequence number of the event that was enqueued last. It counts from 0 in each partition.",
);
const owner = about(
  "owners",
  "The processor that has the partition, by its ownership blob. Readers without load balancing own nothing.",
);
const heldFor = about(
  "owners",
  "How long it has owned what it owns now. It counts from the claim of the oldest of its partitions.",
);

export const columnExplanations = {
  groups: {
    status: about(
      "status",
      "How the group is doing, by its last ten checkpoints. It is as bad as its worst partition, and unknown is never shown as fine.",
    ),
    group: about(
      "words",
      "The consumer group, as its processors name it. It is listed once it has a checkpoint or an owner, or is in the configuration.",
    ),
    hub: about("words", "The event hub that the group reads. Its id is the one of the configuration."),
    store: about(
      "stores",
      "The container that holds the checkpoints and owners of the group. A group in two stores has two rows.",
    ),
    lag: about(
      "lag",
      "Events that the group has not processed yet, over all partitions. The bar is logarithmic; ≤ is an upper bound.",
    ),
    trend: about("charts", "The lag over the last hour. A gap means that nothing is known of that time."),
    most: about(
      "lag",
      "The lag of the worst partition: 429 on p0 means 429 events on partition 0. One slow partition can hide in a sum.",
    ),
    behind: about(
      "timeLag",
      "Age of the event at the checkpoint, on the partition where it is oldest. A lower bound (≥) means that the dashboard has not watched long enough.",
    ),
    ...rates,
    levelIn: about(
      "catchUp",
      "How long it takes to process the lag at the present rates. It is empty if the group does not catch up.",
    ),
    retention,
    loss: losesIn,
    owned: about(
      "owners",
      "Partitions with an active owner, of all. A reader that names its partitions itself owns none and may still run.",
    ),
    checkpoint: about(
      "stores",
      "When the newest checkpoint of any partition was written. Point at it for the exact time.",
    ),
    read: about(
      "freshness",
      "When the dashboard last read these figures; when the group last checkpointed is under Checkpoint. If a refresh fails, the older ones stay and are marked as stale.",
    ),
  },
  partitions: {
    partition,
    status: about(
      "status",
      "How the group is doing on this partition, by its last ten checkpoints. Point at a status to see what it rests on.",
    ),
    lag: about(
      "lag",
      "Events after the checkpoint, and how many were deleted; the bar is logarithmic, ≤ an upper bound. Sorted by it, partitions that keep up or lag about the same keep their places while they change.",
    ),
    behind: about(
      "timeLag",
      "Age of the event at the checkpoint. It is measured between refreshes; ≥ is a lower bound.",
    ),
    ...rates,
    checkpoint: about(
      "numbers",
      "Sequence number of the event that was processed last. The group resumes at the event after it.",
    ),
    last,
    beginning,
    retention,
    loss: losesIn,
    checkpointed: about(
      "stores",
      "When the checkpoint was written. A processor that is idle writes none, so an old one is no fault by itself.",
    ),
    enqueued: lastEvent,
    owner,
    renewed: about(
      "owners",
      "When the owner last renewed its ownership. After its expiry without a renewal it counts as gone.",
    ),
    reason: about(
      "dash",
      "Why the lag is not known, or is a bound. The help lists each reason with its remedy.",
    ),
  },
  hubPartitions: {
    partition,
    in: about(
      "rates",
      "Events enqueued per second, over the last 60 s. The bar is relative to the busiest partition.",
    ),
    enqueued: lastEvent,
    beginning,
    last,
    kept: about(
      "numbers",
      "Events from the beginning to the last one. Compacted event hubs have gaps and hold fewer.",
    ),
    offset: about(
      "words",
      "The service's own name for the place of the last event. It is opaque: nobody may calculate with it.",
    ),
    state: about(
      "freshness",
      "Whether the partition holds events, or why it could not be read. A partition that could not be read keeps its older figures.",
    ),
  },
  owners: {
    owner,
    now: about("owners", "Partitions that it owns now. More than the even share is marked."),
    partitions: about("owners", "Which partitions it owns now. Ranges are joined: 0-7 is eight partitions."),
    lag: about(
      "lag",
      "The lag of the partitions that it owns now. An owner that is slower than the others stands out here.",
    ),
    fair: about(
      "owners",
      "Partitions per owner if the present owners shared all evenly. Load balancing leads there within minutes.",
    ),
    held: heldFor,
    range: about("owners", "How long it owned any partition in this range. Two at once count once."),
    changes: about(
      "owners",
      "Partitions gained or lost in this range. A stolen partition counts for both owners, so the sum exceeds the changes below.",
    ),
  },
  changes: {
    at: about("owners", "When the partition changed hands. It is the time of the blob if the blob tells it."),
    partition,
    change: about(
      "owners",
      "What happened: claimed, stolen, released or expired. An owner that stops in good order releases.",
    ),
    certainty: about(
      "owners",
      "How far the time may be off. Changes between two refreshes, or while nobody watched, are seen afterwards.",
    ),
  },
  handovers: {
    at: about("owners", "When it was over. Changes between the same owners within a minute are one line."),
    what: about(
      "owners",
      "Who had the partitions before, who after, and how long nobody had them. A restart is one line for each owner that came after.",
    ),
    partitions: about("owners", "Which partitions it was about. Ranges are joined: 0-7 is eight partitions."),
    certainty: about("owners", "How far the times may be off. The least exact of its changes counts."),
  },
  spans: {
    partition,
    owner,
    from: about("owners", "When it claimed the partition. Before the dashboard watched, nothing is known."),
    to: about("owners", "When it lost or gave up the partition. If it still has it, this is now."),
    held: heldFor,
    ended: about(
      "owners",
      "How it lost the partition. An owner that is killed expires; one that stops releases.",
    ),
  },
  history: {
    at: about("charts", "Start of the step. Its figures are from its end, or from now if it still runs."),
    lag: about(
      "lag",
      "Lag at the end of the step. Not known means that nobody watched, or that a partition was unknown.",
    ),
    atMost: about("lag", "Upper bound of the lag. It counts every event of partitions without a checkpoint."),
    lagMax: about("charts", "Highest lag within the step. A peak between two steps shows only here."),
    notCounted: about("dash", "Partitions whose lag was unknown. They are left out of the sum."),
    line: about("charts", "Lag of one partition at the end of the step. Choose partitions above the chart."),
    lagSeconds: about(
      "timeLag",
      "Age of the event at the checkpoint, on the partition where it is oldest. A lower bound has a ≥.",
    ),
    eventsIn: about("rates", "Events enqueued per second, averaged over the step. A gap means not measured."),
    eventsOut: about(
      "rates",
      "Events processed per second, averaged over the step. Checkpoints tell it, so rare ones smooth it.",
    ),
    resets: about("charts", "Resets of the group within the step. The chart marks each with a flag."),
    changes: about("owners", "Changes of owners within the step. The Owners tab shows each on a timeline."),
  },
  events: {
    number: about(
      "numbers",
      "Sequence number of the event. It counts up by one, also where compaction leaves gaps.",
    ),
    enqueued: about(
      "events",
      "When the service took the event, by its clock. Later events have later times.",
    ),
    key: about(
      "events",
      "The partition key that the producer set. Events with one key stay on one partition, in order.",
    ),
    bytes: about(
      "events",
      "Size of the event's body in bytes. A long body is cut here and whole in the file.",
    ),
    body: about("events", "The beginning of the body, as text. Open the line to read more of it."),
    resume: about(
      "events",
      "Plans a reset that resumes after this event. Nothing changes until you review and confirm.",
    ),
  },
  picker: {
    partition,
    lag: about("lag", "Events after the checkpoint of the partition. An upper bound has a ≤."),
    checkpoint: about(
      "numbers",
      "Sequence number of the event that was processed last. The group resumes at the event after it.",
    ),
    checkpointed: about(
      "stores",
      "When the checkpoint was written. A processor that is idle writes none, so an old one is no fault by itself.",
    ),
    owner,
  },
  ...changeColumnExplanations,
} as const satisfies Record<string, Record<string, Explanation>>;

export type ExplainedTable = keyof typeof columnExplanations;

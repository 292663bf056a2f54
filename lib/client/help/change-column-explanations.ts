import { about, type Explanation } from "./explanation.ts";

const partition = about(
  "words",
  "One ordered log of the event hub, named by its id. Each has its own checkpoint and its own owner.",
);
const blob = about("cleanup", "The blob's full name in the container. Point at it to read the whole name.");
const issues = about(
  "issues",
  "What blocks the partition, or what to know before you apply. A blocked partition is not changed.",
);
const now = about(
  "review",
  "Sequence number of the event that was processed last. A dash or none means that there is no checkpoint.",
);
const target = about(
  "review",
  "Sequence number that will be written as the checkpoint. Reading resumes with the event after it.",
);
const again = about(
  "review",
  "Events that will be read, though they were processed or skipped before. Handlers that are not idempotent act on them twice.",
);
const skipped = about(
  "review",
  "Events that the group will never read. They stay in the stream until retention removes them.",
);
const source = about(
  "moves",
  "Sequence number that the group processed last at the source, and its layout. Point at it for the blob's name.",
);

const plan = {
  partition,
  now,
  target,
  next: about("review", "The next event to read. Type another sequence number to change it."),
  resumes: about(
    "review",
    "When the first event that will be read was enqueued. Without such an event it is the next one to arrive.",
  ),
  again,
  skipped,
  since: about(
    "undo",
    "Events that the group has processed since the reset. The undo makes it read them again.",
  ),
  pause: about(
    "live",
    "The processor that will be paused, and for about how long. It resumes with the first checkpoint after the pause.",
  ),
  way: issues,
} as const satisfies Record<string, Explanation>;

/** Columns of tables about what was changed, or is to be changed. */
export const changeColumnExplanations = {
  activity: {
    when: about("activity", "When it happened, newest first. Point at it for the exact time."),
    outcome: about("activity", "How it ended. Open the line to see each partition before and after."),
    who: about(
      "activity",
      "The person, token or tool that did it. Tidemark itself stands for what it saw later.",
    ),
    what: about(
      "activity",
      "What was done, and to which position. The details list every partition and setting.",
    ),
    group: about("activity", "The consumer group and its event hub. Press it to list its activity alone."),
    reset: about(
      "results",
      "Opens the reset, the move or the clean-up. From there it can be undone, also much later.",
    ),
  },
  deliveries: {
    at: about(
      "deliveries",
      "When the message was queued. It is sent at once, unless the channel fails or is slow.",
    ),
    channel: about("deliveries", "The channel that it goes to. Channels are set in the configuration."),
    text: about(
      "deliveries",
      "What is sent, with the severity first. The webhook's body has more, as the help describes.",
    ),
    state: about(
      "deliveries",
      "Whether the channel took the message. A failed one is tried again, and then given up with the reason.",
    ),
  },
  plan,
  cleanup: {
    blob,
    target: about(
      "cleanup",
      "What the clean-up does with the blob. It is stored whole before, so that an undo can bring it back.",
    ),
    why: about("cleanup", "Why nobody needs the blob any more. The help lists what may go, and when."),
    age: about("cleanup", "Time since the blob was last written. A blob in use is never deleted."),
    size: about("cleanup", "Size of the blob in bytes. Its metadata is not counted."),
    way: issues,
  },
  move: {
    partition,
    source,
    sourceOwner: about(
      "moves",
      "Who owns the partition at the source now. Stop the processors of both sides before you move.",
    ),
    spelling: about(
      "moves",
      "Names as the target's blob spells them. Processors of some SDKs look for one spelling alone.",
    ),
    now: about(
      "moves",
      "Checkpoint that the target has now. It is replaced only where you tick the partition.",
    ),
    target: about(
      "moves",
      "Checkpoint that the target gets. The group resumes there with the event after it.",
    ),
    targetOwner: about(
      "moves",
      "Who owns the partition at the target now. Stop the processors of both sides before you move.",
    ),
    resumes: plan.resumes,
    again,
    way: issues,
  },
  groupMove: {
    hub: about("groupMoves", "The event hub that the group reads. Its id is the one of the configuration."),
    group: about("groupMoves", "The group to be moved. Each has its own plan, reset and undo."),
    result: about(
      "groupMoves",
      "Whether the group can be moved, or how its move ended. A running group is skipped or waited for.",
    ),
    toMove: about("groupMoves", "Checkpoints that will be written or restored. Each write is conditional."),
    written: about(
      "groupMoves",
      "Checkpoints that were written or restored so far. The reset of the group lists each of them.",
    ),
    unchanged: about(
      "groupMoves",
      "Partitions that are already where they should be. Nothing is written for them.",
    ),
    blocked: about(
      "groupMoves",
      "Partitions that have a checkpoint and are not changed. The reason stands beside it.",
    ),
    why: about(
      "groupMoves",
      "Why the group is blocked, skipped or failed. Open the line for the whole reason.",
    ),
  },
  results: {
    partition,
    blob,
    result: about(
      "results",
      "How it ended for this partition or blob. Point at a result to read what it means.",
    ),
    step: about(
      "live",
      "What the live reset does on this partition now. It pauses, writes, and gives the partition back.",
    ),
    held: about(
      "live",
      "The processor that the reset pauses on this partition. It resumes once the reset gives it back.",
    ),
    hold: about(
      "live",
      "Time until the partition is given back. It starts again if the processor overwrites the new checkpoint.",
    ),
    rewrites: about(
      "live",
      "How often the processor overwrote the new checkpoint. Each time the reset wrote it again.",
    ),
    resumed: about(
      "live",
      "First sequence number that a processor checkpointed after the reset. Point at it for the processor.",
    ),
    without: about(
      "live",
      "Time from the pause to the first checkpoint after it. Nobody processed the partition meanwhile.",
    ),
    again: about(
      "results",
      "Events that the group reads because of the reset. Handlers that are not idempotent act on them twice.",
    ),
    skipped: about(
      "results",
      "Events that the group never reads. They stay in the stream until retention removes them.",
    ),
    before: about(
      "results",
      "Sequence number of the checkpoint before. If nothing was written, it is the one at the review.",
    ),
    after: about("results", "Sequence number that was written. Reading resumes with the event after it."),
  },
} as const satisfies Record<string, Record<string, Explanation>>;

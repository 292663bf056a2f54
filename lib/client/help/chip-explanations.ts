import type { Status } from "#lib/api/status.ts";
import { about, type Explanation } from "./explanation.ts";

const byStatus: Record<Status, Explanation> = {
  ok: about(
    "caughtUp",
    "The lag is within what is allowed, was so recently, or shrinks. Nothing is to be done.",
  ),
  warn: about(
    "warn",
    "It checkpoints, but its lag grew with every one of the last checkpoints. Add processors, or make the handler faster.",
  ),
  stall: about(
    "stall",
    "It checkpoints again and again at the same position while events wait. Most often one event fails each time it is processed.",
  ),
  rewind: about(
    "rewind",
    "A checkpoint went back, and the group has not reached the old position again. Two processors may be writing over each other.",
  ),
  stop: about(
    "stop",
    "Events wait, and there was no new checkpoint for longer than the last ten took together. The processors are down, hang, fail on one event each time, or no longer checkpoint.",
  ),
  unknown: about(
    "unknown",
    "Too little is known to say how it does: often a second checkpoint is missing. Unknown is never shown as fine.",
  ),
};

const losing = about(
  "losing",
  "Retention takes unread events now or within the hour. This stands before whatever else is wrong.",
);
const catchingUp = about(
  "caughtUp",
  "It is behind by more than a few seconds, and its lag shrinks. Nothing is to be done.",
);

const steady = about(
  "caughtUp",
  "It reads as fast as events arrive, and stays behind. At these rates it never catches up: add processors, or make the handler faster.",
);

const byWord: Record<string, Explanation> = {
  Idle: about("idle", "The group is caught up, and no events arrive. Nothing is to be done."),
  Empty: about("idle", "The partition holds no events. Its lag is 0."),
  "Catching up": catchingUp,
  "Behind, steady": steady,
  "Events lost": about(
    "lost",
    "Retention deletes events before the group has checkpointed them. They can't be brought back; a faster group loses no more.",
  ),
  "About to lose": losing,
  Overtaken: losing,
  "Never used": about(
    "neverUsed",
    "Azure lists the group, and it never had a blob. It counts in no status and no alert.",
  ),
  "Near retention": about(
    "retention",
    "Most of the retained events are unread, or events will be lost within the day. At 100 % retention removes unread events.",
  ),
  Gone: about(
    "gone",
    "All blobs of the group are deleted. It stays listed for 30 days, or until an operator dismisses it.",
  ),
  "Hub re-created": about(
    "dash",
    "The checkpoint is of another stream than the event hub's. Processors fail on the old offset or skip events.",
  ),
  Unreadable: about(
    "dash",
    "The checkpoint can't be used, so the lag is not known. Many SDKs stop at such a blob.",
  ),
  "Unreadable blobs": about("dash", "Blobs of the group stop its processors: many SDKs fail at such a blob."),
  "Not read": about(
    "freshness",
    "The event hub or the store could not be read, so nothing is known. The page says which one and why.",
  ),
};

const notResumed = about(
  "unknown",
  "A reset wrote the checkpoint, a processor owns the partition again, and no checkpoint has followed for longer than usual. The next event, or a later one of its batch, may fail.",
);

const held = about(
  "unknown",
  "A live reset holds the partition, so that no processor reads it. Its processors come back once the reset has released it.",
);

const unowned = about(
  "owners",
  "The group runs, and some of its partitions have no owner. Nobody processes these unless a reader names them itself.",
);

export function chipExplanation({ status, word }: { status: Status; word: string }): Explanation {
  if (/not resumed$/i.test(word)) return notResumed;
  if (/paused( by a reset)?$/i.test(word)) return held;
  return byWord[word] ?? (word.endsWith(" unowned") ? unowned : byStatus[status]);
}

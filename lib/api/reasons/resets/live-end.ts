import { z } from "zod";
import { formatCount } from "#lib/core/figures.ts";
import { count, declare, ownerId, partitionIds, sequenceNumber, time, withinSchema } from "../declare.ts";
import { moment } from "../moment.ts";

const compare = "Check whether the group's processors have handled event `nextSequenceNumber`.";

export const liveEndReasons = {
  nobodyClaimed: declare(
    // Version 0.2.0 did not keep the last one.
    { heldOff: ownerId, hasUnread: z.boolean().optional() },
    {
      meaning:
        "The new checkpoint stands, and no processor has claimed the partition since. `heldOff`: who owned it before. `hasUnread`: events wait after the checkpoint.",
      remedy: "See that the group's processors run.",
      sentence: ({ heldOff }) =>
        heldOff === null
          ? "Written. The partition had no owner, and no processor has claimed it since."
          : `Written, but no processor has claimed the partition since; ${heldOff} owned it before.`,
    },
  ),
  startsFromTarget: declare(
    // Version 0.2.0 did not keep the last two.
    { ownerId: z.string(), targetSequenceNumber: sequenceNumber.optional(), ownedSince: time.optional() },
    {
      meaning:
        "A processor owns the partition and has events to read from the new checkpoint on; it has stored none since.",
      remedy:
        "Read the next event, and look in the processor's log for the number of the event that fails: it may be a later one of the batch. A slow handler only needs time.",
      sentence: ({ ownerId: id, targetSequenceNumber: target, ownedSince }) => {
        if (target === undefined || ownedSince === undefined)
          return `${id} owns the partition and starts from the new checkpoint. It has not checkpointed yet.`;
        return `${id} has owned the partition since ${moment(ownedSince)}, and has not checkpointed past ${formatCount(target)}. Its handler may be slow, or fail on event ${formatCount(target + 1)} or a later one of its batch: read that event, and look in the processor's log.`;
      },
    },
  ),
  deletedAfterRelease: declare(
    {},
    {
      meaning: "The checkpoint was deleted, or made unreadable, after the partition was given back.",
      remedy: "Make a new plan.",
      sentence: () => "The checkpoint was deleted, or made unreadable, after the partition was released.",
    },
  ),
  holdsUnknown: declare(
    {
      ownerId,
      sequenceNumber: sequenceNumber.nullable(),
      /** The old processor's furthest position. Null: none. */
      formerSequenceNumber: sequenceNumber.nullable(),
      nextSequenceNumber: sequenceNumber,
      releasedAt: time,
    },
    {
      meaning: "A processor moved on from the target, or from its old position: it can't be told which.",
      remedy: compare,
      sentence: (at, _, { noun }) => {
        const next = formatCount(at.nextSequenceNumber);
        const after = at.ownerId === null ? "a processor came and went" : `${at.ownerId} came back`;
        const seen = at.sequenceNumber === null ? "not known" : formatCount(at.sequenceNumber);
        const old =
          at.formerSequenceNumber === null
            ? "there was none before"
            : `at or past the old position, ${formatCount(at.formerSequenceNumber)}`;
        return `It is unknown whether the ${noun} worked: the first checkpoint after ${after} is ${seen} (${old}). Either the processor read from ${next} to there, or a handler slower than stated continued from the old position. The ${noun} worked if the processors handled event ${next} after ${moment(at.releasedAt)}: check that.`;
      },
    },
  ),
  writtenByLaterReset: declare(
    {},
    {
      meaning: "Another reset has written the checkpoint after the partition was given back.",
      remedy: "See what that reset came to.",
      sentence: () => "Another reset has written the checkpoint since the partition was released.",
    },
  ),
  wentOnFromOld: declare(
    { writer: ownerId, sequenceNumber, formerSequenceNumber: sequenceNumber.nullable() },
    {
      meaning: "A processor wrote over the reset, at its old position or going on from there.",
      remedy:
        "Stop or restart that processor, or state a longer handler time if its handler is only slow. Then make a new plan.",
      sentence: ({ writer, sequenceNumber: at, formerSequenceNumber: former }) => {
        const who = writer ?? "a processor that no longer owns it";
        const from =
          former === null
            ? "going on from its old position"
            : at === former
              ? "its old position"
              : `going on from its old position, ${formatCount(former)}`;
        return `After the partition was released, ${who} stored ${formatCount(at)}, ${from}.`;
      },
    },
  ),
  stoodAtLast: declare(
    {},
    {
      meaning: "The new checkpoint stood when it was last looked at; nothing more was waited for.",
      remedy: null,
      sentence: () => "The new checkpoint was in place at the last check.",
    },
  ),
  neverWritten: declare(
    {},
    {
      meaning: "Nothing was written on this partition.",
      remedy: "Make a new plan.",
      sentence: () => "Nothing was written.",
    },
  ),
  stoodUnknown: declare(
    {},
    {
      meaning: "It can't be told whether the new checkpoint stood there at any time.",
      remedy: "Compare the checkpoint with what the reset was to write.",
      sentence: () => "It is unknown whether the new checkpoint was ever in place.",
    },
  ),
  notLookedAt: declare(
    {},
    {
      meaning: "The checkpoint could not be looked at after the reset.",
      remedy: "Compare the checkpoint with what the reset was to write.",
      sentence: () => "The checkpoint could not be checked since.",
    },
  ),
  waveWentWrong: declare(
    // Version 0.2.0 did not keep how many were left.
    { partitionIds, because: withinSchema, rest: count.optional() },
    {
      meaning:
        "What was expected after the reset of these partitions was not seen. `rest`: how many others were not started because of it.",
      remedy: "Read the reasons of those partitions, then make a new plan for them and the rest.",
      sentence: ({ partitionIds: ids, because, rest }, say, { noun }) =>
        `The ${noun} of ${named(ids)} did not end as expected${unbegun(rest)}. ${say(because)}`,
    },
  ),
  someUnknown: declare(
    { partitionIds },
    {
      meaning:
        "It can't be told whether the reset holds on these partitions; most others went on from the target.",
      remedy: "Read the reasons of those partitions.",
      sentence: ({ partitionIds: ids }, _, { noun }) =>
        `It is unknown whether the ${noun} of ${named(ids)} worked. Most others continued from the target, so the ${noun} went on.`,
    },
  ),
};

function named(ids: readonly string[]): string {
  return `${ids.length === 1 ? "partition" : "partitions"} ${ids.join(", ")}`;
}

function unbegun(rest: number | undefined): string {
  if (rest === 0) return "";
  if (rest === undefined) return ", so the rest was not started";
  return `, so ${rest === 1 ? "the other partition was" : `the other ${formatCount(rest)} partitions were`} not started`;
}

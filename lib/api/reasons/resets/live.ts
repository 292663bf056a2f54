import { z } from "zod";
import { formatCount, formatDuration } from "#lib/core/figures.ts";
import { count, declare, ownerId, seconds, sequenceNumber, withinSchema } from "../declare.ts";

const again = "Make a new plan.";
const detail = z.string();

export const liveReasons = {
  tookTooLong: declare(
    {},
    {
      meaning: "The live reset of the partition took too long and was stopped.",
      remedy: "Reset the group offline, or state a longer handler time.",
      sentence: (_, __, { noun }) => `The live ${noun} of this partition took too long and was stopped.`,
    },
  ),
  keptOverwriting: declare(
    {
      ownerId,
      times: count,
      sequenceNumber: sequenceNumber.nullable(),
      isSame: z.boolean(),
      withinSeconds: seconds,
    },
    {
      meaning:
        "A processor stored its own position over the new checkpoint until the time limit. `ownerId`: the writer that the checkpoint names, else who owned the partition before; null: nobody. `sequenceNumber`: its last position; `isSame`: it stored no other.",
      remedy: "Stop or restart that processor, then make a new plan.",
      sentence: ({ ownerId: id, times, sequenceNumber: last, isSame, withinSeconds }, _, { noun }) => {
        const who = id ?? "A processor that owns nothing";
        const often = `${times === 1 ? "once" : `${formatCount(times)} times`} in ${formatDuration(withinSeconds)}`;
        const what = last === null ? "an unreadable checkpoint" : formatCount(last);
        const did =
          isSame && times > 1
            ? `kept storing ${what} over the new checkpoint (${often})`
            : `overwrote the new checkpoint ${often}, last with ${what}`;
        return `${who} ${did}. The live ${noun} of this partition was stopped. Stop or restart that processor, then make a new plan.`;
      },
    },
  ),
  takenAway: declare(
    { because: withinSchema },
    {
      meaning: "Somebody took the partition's ownership in the middle of the reset.",
      remedy: again,
      sentence: ({ because }, say, { noun }) =>
        `Another processor took the partition during the ${noun}. ${say(because)}`,
    },
  ),
  ownershipDeleted: declare(
    {},
    {
      meaning: "The partition's ownership blob was deleted.",
      remedy: null,
      sentence: () => "Its ownership was deleted.",
    },
  ),
  ownershipTaken: declare(
    { ownerId },
    {
      meaning: "Another processor claimed the partition.",
      remedy: null,
      sentence: (other) => `${other.ownerId ?? "Somebody"} claimed it.`,
    },
  ),
  ownershipRefused: declare(
    { condition: z.string() },
    {
      meaning: "The ownership blob was not as it had been a moment before.",
      remedy: null,
      sentence: ({ condition }) => `The claim was refused: ${condition}.`,
    },
  ),
  ownershipHeldByReset: declare(
    {},
    {
      meaning: "Another live reset holds the partition.",
      remedy: "Wait until that reset ends.",
      sentence: () => "Another live reset holds it.",
    },
  ),
  ownershipNotTaken: declare(
    { rounds: count, because: withinSchema },
    {
      meaning: "The partition's ownership could not be claimed in several rounds.",
      remedy: again,
      sentence: ({ rounds, because }, say) =>
        `The ownership could not be claimed in ${formatCount(rounds)} rounds. ${say(because)}`,
    },
  ),
  displaced: declare(
    { detail },
    {
      meaning: "Another reader with a higher owner level took the partition over.",
      remedy: "Stop that reader, then make a new plan.",
      sentence: ({ detail: said }) =>
        `Another reader with a higher owner level took the partition over: ${said}`,
    },
  ),
  connectionLost: declare(
    { detail },
    {
      meaning: "The connection that kept the processor paused was lost.",
      remedy: again,
      sentence: ({ detail: said }) => `The connection that kept the processor paused was lost: ${said}`,
    },
  ),
  higherLevel: declare(
    { detail },
    {
      meaning: "A reader with a higher owner level could not be paused.",
      remedy: "Stop that reader, then make a new plan.",
      sentence: ({ detail: said }) => `A reader with a higher owner level could not be paused: ${said}`,
    },
  ),
  notPaused: declare(
    { because: withinSchema },
    {
      meaning: "The processor could not be paused.",
      remedy: again,
      sentence: ({ because }, say) => `The processor could not be paused. ${say(because)}`,
    },
  ),
  wentPastTarget: declare(
    { sequenceNumber, targetSequenceNumber: sequenceNumber },
    {
      meaning:
        "The group passed the last event before a forward target by itself after the review, so nothing was written.",
      remedy: null,
      sentence: (at) =>
        `The group has passed event ${formatCount(at.targetSequenceNumber)} meanwhile by itself and is at ${formatCount(at.sequenceNumber)}. Nothing was written, so nothing is skipped or read again.`,
    },
  ),
  storedPastTarget: declare(
    { ownerId, sequenceNumber, targetSequenceNumber: sequenceNumber },
    {
      meaning:
        "The processor that a live reset paused was still at work, passed the last event before a forward target itself, and stored that over the new checkpoint. It was left, since another write would take the group back.",
      remedy: null,
      sentence: (at) =>
        `${at.ownerId ?? "A processor"} was still at work when it was paused, and has passed event ${formatCount(at.targetSequenceNumber)} itself: it stored ${formatCount(at.sequenceNumber)} over the new checkpoint. That stays, so nothing is read again.`,
    },
  ),
  notRecorded: declare(
    {},
    {
      meaning: "The steps of the reset can no longer be recorded, so no further step starts.",
      remedy: "Check the history's database, then make a new plan.",
      sentence: () => "Its steps can no longer be recorded.",
    },
  ),
  failedInside: declare(
    { detail },
    {
      meaning: "The dashboard itself failed.",
      remedy: "Report it with the dashboard's log, then make a new plan.",
      sentence: ({ detail: said }) => `The dashboard failed: ${said}`,
    },
  ),
  levelLeft: declare(
    { ownerLevel: count },
    {
      meaning: "The service may go on refusing the group's processors on this partition for some minutes.",
      remedy: "Wait: the processors come back by themselves.",
      sentence: ({ ownerLevel }) =>
        `Event Hubs did not confirm that the pause (a reader of owner level ${ownerLevel}) has ended. It may refuse the group's processors on this partition for some minutes. They come back by themselves.`,
    },
  ),
};

import { formatCount } from "#lib/core/figures.ts";
import { declare, ownerId, sequenceNumber, time, withinSchema } from "../declare.ts";
import { moment } from "../moment.ts";

const writer = { writer: ownerId, writtenAt: time };
const planAgain = "Stop that processor, then make a new plan.";

export const watchReasons = {
  writeMayArrive: declare(
    { because: withinSchema },
    {
      meaning:
        "The last try got no answer. The blob was unchanged afterwards, but that try may still arrive.",
      remedy: "Look at the blob a minute later. What arrived by then can be undone.",
      sentence: ({ because }, say) =>
        `${say(because)} The blob was unchanged afterwards, but the last try may still arrive.`,
    },
  ),
  deletedAfterReset: declare(
    {},
    {
      meaning: "The checkpoint was deleted after the reset.",
      remedy: "Make a new plan.",
      sentence: (_, __, { noun }) => `The checkpoint was deleted after the ${noun}.`,
    },
  ),
  overwrittenUnreadable: declare(writer, {
    meaning: "Somebody wrote over the reset with something that is no checkpoint.",
    remedy: planAgain,
    sentence: (by, _, { noun }) =>
      `${who(by)} overwrote the ${noun} at ${moment(by.writtenAt)} with something that is not a checkpoint.`,
  }),
  overwrittenBefore: declare(
    { ...writer, sequenceNumber, targetSequenceNumber: sequenceNumber },
    {
      meaning: "Somebody wrote over the reset with a position before its target.",
      remedy: planAgain,
      sentence: (by, _, { noun }) =>
        `${who(by)} overwrote the ${noun} at ${moment(by.writtenAt)} with ${formatCount(by.sequenceNumber)}, before the target ${formatCount(by.targetSequenceNumber)}.`,
    },
  ),
  overwrittenFromOld: declare(
    { ...writer, sequenceNumber, formerSequenceNumber: sequenceNumber.nullable() },
    {
      meaning: "Somebody wrote over the reset, going on from the position before it.",
      remedy: planAgain,
      sentence: (by, _, { noun }) => {
        const { formerSequenceNumber: former } = by;
        const from = former === null ? "its old position" : `its old position ${formatCount(former)}`;
        return `${who(by)} overwrote the ${noun} at ${moment(by.writtenAt)} with ${formatCount(by.sequenceNumber)}, continuing from ${from}.`;
      },
    },
  ),
  progressOrOverwritten: declare(
    { ...writer, sequenceNumber, nextSequenceNumber: sequenceNumber },
    {
      meaning: "A processor moved on after a live reset: from the target, or from its old position.",
      remedy: "Check whether the group's processors have handled event `nextSequenceNumber`.",
      sentence: (by, _, { noun }) => {
        const next = formatCount(by.nextSequenceNumber);
        return `${who(by)} wrote ${formatCount(by.sequenceNumber)} at ${moment(by.writtenAt)}. Either it read from ${next} to there, or a handler slower than stated continued from its old position. The ${noun} worked if the processors handled event ${next}: check that.`;
      },
    },
  ),
};

function who(by: { writer: string | null }): string {
  return by.writer === null ? "A reader that owns no partition" : `The processor ${by.writer}`;
}

import { formatCount } from "#lib/core/figures.ts";
import { declare, sequenceNumber, time } from "../declare.ts";
import { moment } from "../moment.ts";

const taken = { earliest: "Earliest is used.", latest: "Latest is used." };

export const clampReasons = {
  noEventYet: declare(
    { sequenceNumber, lastSequenceNumber: sequenceNumber.nullable() },
    {
      meaning:
        "The target lies past the last event; Latest is used. `lastSequenceNumber` null: the partition is empty.",
      remedy: null,
      sentence: ({ sequenceNumber: next, lastSequenceNumber: last }) =>
        `There is no event ${formatCount(next)}${last === null ? ": the partition is empty" : ` yet: the last one is ${formatCount(last)}`}. ${taken.latest}`,
    },
  ),
  eventExpired: declare(
    { sequenceNumber, beginningSequenceNumber: sequenceNumber.nullable() },
    {
      meaning:
        "The target's event has left the stream; Earliest is used. `beginningSequenceNumber` null: the partition is empty.",
      remedy: null,
      sentence: ({ sequenceNumber: next, beginningSequenceNumber: begin }) =>
        `Event ${formatCount(next)} is not in the stream: ${begin === null ? "the partition is empty" : `it begins at ${formatCount(begin)}`}. ${taken.earliest}`,
    },
  ),
  belowZero: declare(
    {},
    {
      meaning: "The target is a sequence number below 0; Earliest is used.",
      remedy: null,
      sentence: () => `Sequence numbers start at 0. ${taken.earliest}`,
    },
  ),
  noEventSince: declare(
    { time, lastEnqueuedAt: time },
    {
      meaning: "No event was enqueued at or after the target's time; Latest is used.",
      remedy: null,
      sentence: ({ time: at, lastEnqueuedAt }) =>
        `No event was enqueued at or after ${moment(at)}: the last one was at ${moment(lastEnqueuedAt)}. ${taken.latest}`,
    },
  ),
  timeExpired: declare(
    { beginsAt: time },
    {
      meaning: "Events of the target's time have left the stream; Earliest is used.",
      remedy: null,
      sentence: ({ beginsAt }) =>
        `The stream begins at ${moment(beginsAt)}: earlier events are gone. ${taken.earliest}`,
    },
  ),
};

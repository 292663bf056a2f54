import { z } from "zod";
import { formatCount, formatDuration } from "#lib/core/figures.ts";
import { count, declare, ownerId, seconds, sequenceNumber, time } from "./declare.ts";
import { moment } from "./moment.ts";

const look = "Look at the group's processors.";

export const statusReasons = {
  silentSinceReset: declare(
    { resetAt: time },
    {
      meaning: "No checkpoint was written since the partition was reset.",
      remedy: look,
      sentence: ({ resetAt }) => `No checkpoint since the reset at ${moment(resetAt)}.`,
    },
  ),
  notResumed: declare(
    { ownerId, sequenceNumber, writtenAt: time },
    {
      meaning:
        "A processor owns the partition and has events to read, and has not checkpointed since a reset wrote the checkpoint, for longer than its group usually takes.",
      remedy:
        "Read the next event, and look in the processor's log for the number of the event that fails: it may be a later one of the batch.",
      sentence: (at) =>
        `${at.ownerId ?? "A processor"} owns the partition, and has not checkpointed past ${formatCount(at.sequenceNumber)} since the reset at ${moment(at.writtenAt)}. It may fail on event ${formatCount(at.sequenceNumber + 1)} or a later one of its batch: read that event, and look in the processor's log.`,
    },
  ),
  silent: declare(
    {
      since: time,
      checkpoints: count,
      spanSeconds: seconds,
      unwatchedSeconds: seconds,
    },
    {
      meaning: "No checkpoint for longer than the last ones lay apart.",
      remedy: look,
      sentence: ({ since, checkpoints, spanSeconds, unwatchedSeconds }) => {
        if (checkpoints === 1) return `No checkpoint since ${moment(since)}.`;
        const unwatched =
          unwatchedSeconds > 0 ? ` (${formatDuration(unwatchedSeconds)} of it unwatched)` : "";
        return `No checkpoint since ${moment(since)}. Before that, ${checkpoints} came within ${formatDuration(spanSeconds)}${unwatched}.`;
      },
    },
  ),
  stalled: declare(
    {
      checkpoints: count,
      from: time,
      // Where it is not given, `from` is of an older version: the oldest of the last checkpoints.
      fromIsUpperBound: z.boolean().default(true),
      to: time,
      sequenceNumber,
    },
    {
      meaning:
        "Checkpoints are written and do not move. `from`: when one last moved forward; `fromIsUpperBound`: then or earlier, since nobody watched before.",
      remedy: look,
      sentence: (at) =>
        `No progress since ${moment(at.from)}${at.fromIsUpperBound ? " or earlier" : ""}. The last ${at.checkpoints} checkpoints all stand at event ${formatCount(at.sequenceNumber)}.`,
    },
  ),
  rewound: declare(
    { at: time, fromSequenceNumber: sequenceNumber, toSequenceNumber: sequenceNumber },
    {
      meaning: "The checkpoint went back.",
      remedy: look,
      sentence: ({ at, fromSequenceNumber, toSequenceNumber }) =>
        `The checkpoint went back at ${moment(at)}, from event ${formatCount(fromSequenceNumber)} to ${formatCount(toSequenceNumber)}.`,
    },
  ),
  fallingBehind: declare(
    { checkpoints: count, unknown: count, from: time, to: time, lagBefore: count, lagNow: count },
    {
      meaning:
        "The lag never fell over the last checkpoints. `unknown`: checkpoints without a known lag besides.",
      remedy: look,
      sentence: ({ checkpoints, unknown, from, to, lagBefore, lagNow }) => {
        const change =
          lagBefore === lagNow
            ? `stayed at ${formatCount(lagNow)}`
            : `went from ${formatCount(lagBefore)} to ${formatCount(lagNow)}`;
        const took = formatDuration((Date.parse(to) - Date.parse(from)) / 1_000);
        return `The lag ${change} in ${took}, over the last ${checkpoints} checkpoints${unknown > 0 ? " with a known lag" : ""}.`;
      },
    },
  ),
};

import { formatCount, formatDuration } from "#lib/core/figures.ts";
import { count, declare, seconds, sequenceNumber, time } from "./declare.ts";

const look = "Look at the group's processors.";

export const statusReasons = {
  silentSinceReset: declare(
    { resetAt: time },
    {
      meaning: "No checkpoint was written since the partition was reset.",
      remedy: look,
      sentence: ({ resetAt }) => `No checkpoint since it was reset at ${moment(resetAt)}.`,
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
          unwatchedSeconds > 0 ? `, of which ${formatDuration(unwatchedSeconds)} were not watched` : "";
        return `No checkpoint since ${moment(since)}; the last ${checkpoints} came within ${formatDuration(spanSeconds)}${unwatched}.`;
      },
    },
  ),
  stalled: declare(
    { checkpoints: count, from: time, to: time, sequenceNumber },
    {
      meaning: "Checkpoints are written and do not move.",
      remedy: look,
      sentence: (at) =>
        `The last ${at.checkpoints} checkpoints, from ${moment(at.from)} to ${moment(at.to)}, all stand at event ${formatCount(at.sequenceNumber)}.`,
    },
  ),
  rewound: declare(
    { at: time, fromSequenceNumber: sequenceNumber, toSequenceNumber: sequenceNumber },
    {
      meaning: "The checkpoint went back.",
      remedy: look,
      sentence: ({ at, fromSequenceNumber, toSequenceNumber }) =>
        `At ${moment(at)} the checkpoint went from event ${formatCount(fromSequenceNumber)} back to ${formatCount(toSequenceNumber)}.`,
    },
  ),
  fallingBehind: declare(
    { checkpoints: count, unknown: count, from: time, to: time, lagBefore: count, lagNow: count },
    {
      meaning:
        "The lag never fell over the last checkpoints. `unknown`: checkpoints without a known lag besides.",
      remedy: look,
      sentence: (at) =>
        `Over the last ${at.checkpoints} checkpoints${at.unknown > 0 ? " with a known lag" : ""}, from ${moment(at.from)} to ${moment(at.to)}, the lag went from ${formatCount(at.lagBefore)} to ${formatCount(at.lagNow)}.`,
    },
  ),
};

function moment(at: string): string {
  return `${at.slice(0, 19).replace("T", " ")} UTC`;
}

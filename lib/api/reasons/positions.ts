import { z } from "zod";
import { formatCount } from "#lib/core/figures.ts";
import { declare, sequenceNumber } from "./declare.ts";

export const positionReasons = {
  noCheckpoint: declare(
    {},
    {
      meaning: "The group has no checkpoint on this partition.",
      remedy: "Reset the partition, or let its processor checkpoint.",
      sentence: () => "There is no checkpoint.",
    },
  ),
  noPositionYet: declare(
    {},
    {
      meaning: "The checkpoint's blob exists, and no position was ever stored in it.",
      remedy: "Reset the partition, or let its processor checkpoint.",
      sentence: () => "The checkpoint holds no position yet.",
    },
  ),
  checkpointUnusable: declare(
    { fault: z.string() },
    {
      meaning: "The checkpoint can't be read as one; `fault` says what is wrong with it.",
      remedy: "Reset the partition: that repairs it.",
      sentence: ({ fault }) => `The checkpoint can't be used: ${fault}.`,
    },
  ),
  noSequenceNumber: declare(
    {},
    {
      meaning: "The checkpoint holds no usable sequence number.",
      remedy: "Reset the partition.",
      sentence: () => "The checkpoint holds no usable sequence number.",
    },
  ),
  checkpointOfFormerHub: declare(
    {},
    {
      meaning: "The checkpoint is older than the event hub, so its offset means nothing here.",
      remedy: "Reset the group to Earliest, to Latest, or to a time.",
      sentence: () => "The checkpoint is older than the event hub, which was re-created.",
    },
  ),
  checkpointPastEnd: declare(
    { sequenceNumber, lastSequenceNumber: sequenceNumber },
    {
      meaning: "The checkpoint is past the last event of the partition.",
      remedy: "Check whether the event hub was re-created; then reset the group.",
      sentence: (at) =>
        `The checkpoint (${formatCount(at.sequenceNumber)}) is past the last event (${formatCount(at.lastSequenceNumber)}): the event hub was probably re-created.`,
    },
  ),
};

import { z } from "zod";
import { formatDuration, plural } from "#lib/core/figures.ts";
import { type LagState, lagStateSchema, type Status, statusSchema } from "../status.ts";
import { count, declare, errorShape, partitionIds, seconds, time } from "./declare.ts";

const mostNamed = 8;
const look = "Look at the group's processors.";

export const incidentReasons = {
  nothingKnown: declare(
    {},
    {
      meaning: "Nothing is known of the condition now.",
      remedy: null,
      sentence: () => "The condition is unknown now.",
    },
  ),
  lagAbove: declare(
    { lag: count },
    {
      meaning: "The group's lag is at or above the rule's limit.",
      remedy: look,
      sentence: ({ lag }) => `The lag is ${plural(lag, "event")}.`,
    },
  ),
  timeLagAbove: declare(
    { lagSeconds: seconds },
    {
      meaning: "The group's time lag is at or above the rule's limit.",
      remedy: look,
      sentence: ({ lagSeconds }) => `The time lag is ${formatDuration(lagSeconds)}.`,
    },
  ),
  retentionUsed: declare(
    { retentionUsed: z.number().min(0).max(1) },
    {
      meaning: "Unread events use up the stream's retention; at 1 they are lost.",
      remedy: "Add processors, or lengthen the event hub's retention.",
      // Rounded down: 99.9 % is not 100 %.
      sentence: ({ retentionUsed }) =>
        `Unread events use ${Math.floor(retentionUsed * 100)} % of the retention; at 100 % they are lost.`,
    },
  ),
  eventsBeingLost: declare(
    { lostEvents: count.nullable() },
    {
      meaning: "Events leave the stream unread. `lostEvents` null: how many is not known.",
      remedy: "Add processors, or lengthen the event hub's retention.",
      sentence: ({ lostEvents }) =>
        `Events are being lost: ${lostEvents === null ? "some" : plural(lostEvents, "event")} were deleted unread past the group's checkpoints.`,
    },
  ),
  lossForeseen: declare(
    { secondsUntilLoss: seconds },
    {
      meaning: "Unread events will leave the stream soon.",
      remedy: "Add processors, or lengthen the event hub's retention.",
      sentence: ({ secondsUntilLoss }) =>
        `Unread events will be lost in ${formatDuration(secondsUntilLoss)}.`,
    },
  ),
  statusIs: declare(
    { status: statusSchema.exclude(["unknown"]), partitions: count, partitionCount: count, lag: count },
    {
      meaning: "The group's status is at or above the rule's; `partitions` are in it, `lag` is theirs.",
      remedy: look,
      sentence: ({ status, partitions, partitionCount, lag }) => {
        const where =
          partitions < partitionCount ? `On ${partitions} of ${plural(partitionCount, "partition")}: ` : "";
        return `${where}${statusTexts[status]}${lag === 0 ? "" : ` The lag is ${plural(lag, "event")}.`}`;
      },
    },
  ),
  statusNotKnown: declare(
    { cause: lagStateSchema.nullable() },
    {
      meaning: "The group's status is not known. `cause` null: too few checkpoints were seen so far.",
      remedy: "Look at the reasons of its partitions.",
      sentence: ({ cause }) =>
        `The group's status is unknown: ${(cause === null ? undefined : unknownTexts[cause]) ?? "too few checkpoints so far"}.`,
    },
  ),
  lagStates: declare(
    { states: z.array(z.object({ lagState: lagStateSchema, partitions: count })) },
    {
      meaning: "Partitions are in lag states that the rule waits for.",
      remedy: "Look at the reasons of those partitions.",
      sentence: ({ states }) =>
        states
          .map(({ lagState, partitions }) => stateText(lagState, plural(partitions, "partition")))
          .join(" "),
    },
  ),
  partitionsUnowned: declare(
    { partitionIds, unownedSeconds: seconds },
    {
      meaning: "Partitions have had no active owner, the first of them for `unownedSeconds`.",
      remedy: "Check that enough of the group's processors run.",
      sentence: ({ partitionIds: ids, unownedSeconds }) =>
        `${plural(ids.length, "partition")} without an owner (${ids.slice(0, mostNamed).join(", ")}${ids.length > mostNamed ? " …" : ""}), the first for ${formatDuration(unownedSeconds)}.`,
    },
  ),
  figuresUnread: declare(errorShape, {
    meaning: "The event hub or one of its stores can't be read, so its figures grow old.",
    remedy: "Follow the error's own message.",
    sentence: ({ errorMessage }) => `Its figures can't be read. ${errorMessage}`,
  }),
  figuresHidden: declare(
    {},
    {
      meaning: "The event hub can't be read; why names what the caller's role does not cover.",
      remedy: "Ask an admin for a role that covers all of the hub.",
      sentence: () => "Its figures can't be read.",
    },
  ),
  groupDeleted: declare(
    { store: z.string(), lastCheckpointAt: time.nullable() },
    {
      meaning: "All blobs of the group in the store are deleted.",
      remedy: "Dismiss the group if that was intended; else restore its blobs.",
      sentence: ({ store, lastCheckpointAt }) =>
        `All its blobs in the store ${store} are deleted: if it starts again, it reads from its configured start position.${lastCheckpointAt === null ? "" : ` Its last checkpoint was written at ${lastCheckpointAt}.`} Dismiss the group if that was intended.`,
    },
  ),
};

const statusTexts: Record<Exclude<Status, "unknown">, string> = {
  ok: "Caught up or catching up.",
  warn: "Falling behind.",
  stall: "Stalled: checkpoints are written but do not move.",
  rewind: "A checkpoint went back.",
  stop: "Stopped: no checkpoints are written.",
};

const unknownTexts: Partial<Record<LagState, string>> = {
  ahead: "a checkpoint is of another stream",
  unreadable: "a checkpoint can't be read",
  unknown: "a partition could not be read",
  noCheckpoint: "events wait where there is no checkpoint",
};

function stateText(state: LagState, where: string): string {
  const texts: Record<LagState, string> = {
    ok: `${where} with a checkpoint within the stream.`,
    empty: `${where} without an event.`,
    noCheckpoint: `No checkpoint on ${where}.`,
    behindRetention: `Retention has overtaken the checkpoint on ${where}.`,
    ahead: `The checkpoint on ${where} is past the end of the stream: it is of another stream, and processors fail on it or skip events.`,
    unreadable: `The checkpoint on ${where} can't be read.`,
    unknown: `${where} could not be read.`,
  };
  return texts[state];
}

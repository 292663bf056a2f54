import { z } from "zod";
import { formatDuration, partitionsNamed, partitionsNamedFirst, plural } from "#lib/core/figures.ts";
import { type LagState, lagStateSchema, type Status, statusSchema } from "../status.ts";
import { count, declare, errorShape, partitionIds, seconds, time } from "./declare.ts";
import { moment } from "./moment.ts";

const look = "Look at the group's processors.";

/** The partitions that it is about; left out where that is all of them, and in what older versions stored. */
const some = partitionIds.optional();

export const incidentReasons = {
  nothingKnown: declare(
    {},
    {
      meaning: "Nothing is known of the condition now.",
      remedy: null,
      sentence: () => "The condition is unknown now.",
    },
  ),
  conditionOver: declare(
    { closesAfterSeconds: seconds },
    {
      meaning:
        "The condition does not hold now. The incident closes when that has lasted `closesAfterSeconds`.",
      remedy: null,
      sentence: ({ closesAfterSeconds }) =>
        `The condition is over. The incident closes when that has lasted ${formatDuration(closesAfterSeconds)}.`,
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
    { lagSeconds: seconds, partitionIds: some },
    {
      meaning: "The group's time lag is at or above the rule's limit.",
      remedy: look,
      sentence: ({ lagSeconds, partitionIds: ids }) => {
        const long = formatDuration(lagSeconds);
        if (ids === undefined) return `The time lag is ${long}.`;
        return `The time lag is ${ids.length > 1 ? "up to " : ""}${long} on ${partitionsNamed(ids)}.`;
      },
    },
  ),
  retentionUsed: declare(
    { retentionUsed: z.number().min(0).max(1), partitionIds: some },
    {
      meaning: "Unread events use up the stream's retention; at 1 they are lost.",
      remedy: "Add processors, or lengthen the event hub's retention.",
      // Rounded down: 99.9 % is not 100 %.
      sentence: ({ retentionUsed, partitionIds: ids }) =>
        `Unread events${ofThose(ids)} use ${(ids?.length ?? 1) > 1 ? "up to " : ""}${Math.floor(retentionUsed * 100)} % of the retention; at 100 % they are lost.`,
    },
  ),
  eventsBeingLost: declare(
    { lostEvents: count.nullable(), partitionIds: some },
    {
      meaning:
        "Events leave the stream before the group has checkpointed them. `lostEvents`: the most that were past its checkpoints at one time of the incident, so it never shrinks; null: how many is not known.",
      remedy: "Add processors, or lengthen the event hub's retention.",
      sentence: ({ lostEvents, partitionIds: ids }) =>
        `Events${ofThose(ids)} are being lost. Retention deleted ${lostEvents === null ? "some events" : `at least ${plural(lostEvents, "event")}`} before the group had checkpointed ${lostEvents === 1 ? "it" : "them"}.`,
    },
  ),
  lossForeseen: declare(
    { secondsUntilLoss: seconds, partitionIds: some },
    {
      meaning: "Unread events will leave the stream soon.",
      remedy: "Add processors, or lengthen the event hub's retention.",
      sentence: ({ secondsUntilLoss, partitionIds: ids }) => {
        const when = `${(ids?.length ?? 1) > 1 ? ", the first " : " "}in ${formatDuration(secondsUntilLoss)}`;
        return `Unread events${ofThose(ids)} will be lost${when}.`;
      },
    },
  ),
  statusIs: declare(
    {
      status: statusSchema.exclude(["unknown"]),
      partitions: count,
      partitionCount: count,
      partitionIds: some,
      lag: count,
    },
    {
      meaning: "The group's status is the rule's or worse. `partitions`: how many have it. `lag`: theirs.",
      remedy: look,
      sentence: ({ status, partitions, partitionCount, partitionIds: ids, lag }) => {
        const isWhole = partitions >= partitionCount;
        const isOne = isWhole || partitions === 1;
        const counted =
          ids === undefined
            ? `${partitions} of ${plural(partitionCount, "partition")}`
            : partitionsNamedFirst(ids);
        const who = isWhole ? "The group" : counted;
        const behind = lag === 0 ? "" : ` ${isOne ? "Its" : "Their"} lag is ${plural(lag, "event")}.`;
        return `${who} ${statusTexts[status](isOne ? "is" : "are")}.${behind}`;
      },
    },
  ),
  statusNotKnown: declare(
    { cause: lagStateSchema.nullable() },
    {
      meaning: "The group's status is not known. `cause` null: too few checkpoints were seen so far.",
      remedy: "Look at the reasons of its partitions.",
      sentence: ({ cause }) =>
        `The group's status is unknown because ${(cause === null ? undefined : unknownTexts[cause]) ?? "it has written too few checkpoints so far"}.`,
    },
  ),
  lagStates: declare(
    { states: z.array(z.object({ lagState: lagStateSchema, partitions: count, partitionIds: some })) },
    {
      meaning: "Partitions are in lag states that the rule waits for.",
      remedy: "Look at the reasons of those partitions.",
      sentence: ({ states }) =>
        states
          .map(({ lagState, partitions, partitionIds: ids }) => stateText(lagState, partitions, ids))
          .join(" "),
    },
  ),
  partitionsUnowned: declare(
    // Older versions stored none, and did not tell a bound.
    { partitionIds, unownedSeconds: seconds, isLowerBound: z.boolean().default(false) },
    {
      meaning:
        "Partitions have had no active owner, the first of them for `unownedSeconds`; `isLowerBound`: for that or longer, since the dashboard did not watch before.",
      remedy: "Check that enough of the group's processors run.",
      sentence: ({ partitionIds: ids, unownedSeconds, isLowerBound }) => {
        const named = partitionsNamedFirst(ids);
        const long = `${isLowerBound ? "at least " : ""}${formatDuration(unownedSeconds)}`;
        return ids.length === 1
          ? `${named} has had no owner for ${long}.`
          : `${named} have no owner, the first for ${long}.`;
      },
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
        `All its blobs in the store ${store} are deleted. If it starts again, it reads from its configured start position.${lastCheckpointAt === null ? "" : ` Its last checkpoint was written at ${moment(lastCheckpointAt)}.`} Dismiss the group if that was intended.`,
    },
  ),
};

const statusTexts: Record<Exclude<Status, "unknown">, (be: "is" | "are") => string> = {
  ok: (be) => `${be} caught up or catching up`,
  warn: (be) => `${be} falling behind`,
  stall: (be) => `${be} stalled: checkpoints are written but do not move`,
  rewind: (be) => `${be} back at an older checkpoint`,
  stop: (be) => `${be === "is" ? "has" : "have"} stopped writing checkpoints`,
};

const unknownTexts: Partial<Record<LagState, string>> = {
  ahead: "a checkpoint is of another stream",
  unreadable: "a checkpoint can't be read",
  unknown: "a partition could not be read",
  noCheckpoint: "events wait where there is no checkpoint",
};

function ofThose(ids: readonly string[] | undefined): string {
  return ids === undefined ? "" : ` of ${partitionsNamed(ids)}`;
}

function stateText(state: LagState, partitions: number, ids: readonly string[] | undefined): string {
  const where = ids === undefined ? plural(partitions, "partition") : partitionsNamed(ids);
  const first = ids === undefined ? where : partitionsNamedFirst(ids);
  const has = partitions === 1 ? "has" : "have";
  const texts: Record<LagState, string> = {
    ok: `${first} ${has} a checkpoint within the stream.`,
    empty: `${first} ${has} no events.`,
    noCheckpoint: `${first} ${has} no checkpoint.`,
    behindRetention: `Retention has overtaken the checkpoint on ${where}.`,
    ahead: `The checkpoint on ${where} is past the end of the stream, so it belongs to another one. Processors fail on it or skip events.`,
    unreadable: `The checkpoint on ${where} can't be read.`,
    unknown: `${first} could not be read.`,
  };
  return texts[state];
}

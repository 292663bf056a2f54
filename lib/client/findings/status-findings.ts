import type { ConsumerGroupDetail, GroupPartition } from "#lib/api/consumer-group.ts";
import { formatCount, formatRate, plural } from "#lib/client/format/format.ts";
import { sumKnown } from "#lib/client/lag/totals.ts";
import { countTitle, type Finding, furthestBehind, idsOf } from "./finding.ts";

type Bad = "stop" | "rewind" | "stall" | "warn";

const words: Record<Bad, string> = {
  stop: "stopped",
  rewind: "rewound",
  stall: "stalled",
  warn: "falling behind",
};

/** What is bad about partitions by their status: each status once, the worst first. */
export function statusFindings(group: ConsumerGroupDetail): Finding[] {
  return (["stop", "rewind", "stall", "warn"] as const).flatMap((status) => {
    const those = group.partitions.filter((partition) => partition.status === status);
    if (those.length === 0) return [];
    return {
      kind: status,
      status,
      title: `${countTitle(those, group.partitions.length, words[status])}${pace(status, those)}`,
      evidence: evidenceOf(status, those),
      next: nextSteps[status](those, group),
      partitionIds: idsOf(those),
    };
  });
}

/** By how much a minute they fall behind, where their rates tell. */
function pace(status: Bad, those: readonly GroupPartition[]): string {
  const { into, out } = ratesOf(those);
  if (status !== "warn" || into === null || out === null) return "";
  const perMinute = Math.round((into - out) * 60);
  return perMinute > 0 ? ` by ${plural(perMinute, "event")} a minute` : "";
}

function evidenceOf(status: Bad, those: readonly GroupPartition[]): string {
  const example = furthestBehind(those.filter(({ statusReason }) => statusReason !== null));
  const reason = example?.statusReason?.message ?? "";
  const said = those.length === 1 || reason === "" ? reason : `Partition ${example?.partitionId}: ${reason}`;
  const { into, out } = ratesOf(those);
  if (status !== "warn" || into === null || out === null) return said;
  return `From one checkpoint to another ${formatRate(into)} come in and ${formatRate(out)} go out. ${said}`.trim();
}

function ratesOf(those: readonly GroupPartition[]): { into: number | null; out: number | null } {
  const into = sumKnown(those.map(({ pace }) => pace?.eventsInPerSecond ?? null));
  const out = sumKnown(those.map(({ pace }) => pace?.eventsOutPerSecond ?? null));
  const isWhole = into.unknown === 0 && out.unknown === 0;
  return isWhole ? { into: into.total, out: out.total } : { into: null, out: null };
}

const nextSteps: Record<Bad, (those: readonly GroupPartition[], group: ConsumerGroupDetail) => string> = {
  stop: (those) => {
    const owners = new Set(those.flatMap(({ owner }) => (owner?.state === "active" ? [owner.ownerId] : [])))
      .size;
    if (owners === 0)
      return "Nobody owns them: start the group's processors, or see in their logs why they do not come up.";
    return owners === 1
      ? "Their owner is alive and gets no further: look in its log for a handler that hangs, or for a checkpoint that fails."
      : `Their ${formatCount(owners)} owners are alive and get no further: look in their logs for a handler that hangs, or for a checkpoint that fails.`;
  },
  stall: () =>
    "The handler seems to fail on one event again and again. Open a partition's row and read its next event; then mend the handler, or reset the partition past that event.",
  rewind: () =>
    "Unless somebody meant it, a processor wrote an older position over a newer one, mostly after it had lost the partition: see the Owners tab at that time. The events in between are processed twice.",
  warn: (_, { owners, partitionCount }) => {
    const free = (partitionCount ?? 0) - owners.length;
    if (owners.length === 0 || free <= 0)
      return "Make the handler quicker, or hand it larger batches: each partition can be read by one processor only.";
    return `${plural(owners.length, "owner reads", "owners read")} all of it: start up to ${formatCount(free)} more, or make the handler quicker.`;
  },
};

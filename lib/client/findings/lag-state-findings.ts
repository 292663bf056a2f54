import type { ConsumerGroupDetail, GroupPartition } from "#lib/api/consumer-group.ts";
import { moment } from "#lib/api/reasons/moment.ts";
import type { LagState } from "#lib/api/status.ts";
import { plural } from "#lib/client/format/format.ts";
import { isLosing, lossesOf } from "#lib/client/lag/losses.ts";
import { processorOwner } from "#lib/core/holding-owner.ts";
import { countTitle, type Finding, idsOf, isOnItsOwn } from "./finding.ts";

type Off = Exclude<LagState, "ok" | "empty" | "behindRetention">;

interface Meaning {
  what: string;
  evidence: string;
  next: string;
}

const meanings: Record<Off, Meaning> = {
  ahead: {
    what: "ahead of the stream",
    evidence:
      "The event hub was probably re-created: processors fail on the old offsets until the checkpoints are reset.",
    next: "Stop the processors and reset these partitions: to Earliest to read everything, or to Latest to continue from now.",
  },
  unreadable: {
    what: "with an unreadable checkpoint",
    evidence: "Their lag is not known. Notes on this page say which blobs stop processors of the group.",
    next: "The hub's diagnosis names the blobs. Reset these partitions, or let the processor that wrote them checkpoint again.",
  },
  unknown: {
    what: "that could not be read",
    evidence: "Every sum leaves them out.",
    next: "The hub's diagnosis says what was refused or did not answer.",
  },
  noCheckpoint: {
    what: "without a checkpoint",
    evidence: "Their lag is an upper bound: every event in the stream counts.",
    next: "If processors are running, make them checkpoint: without one, each restart uses the configured start position.",
  },
};

export function lagStateFindings(partitions: readonly GroupPartition[], states: readonly Off[]): Finding[] {
  return states.flatMap((state) => {
    const those = partitions.filter((partition) => partition.lagState === state && isOnItsOwn(partition));
    if (state !== "noCheckpoint") return lagStateFinding(state, those, partitions.length, meanings[state]);
    return [
      ...startFindings(those.filter(isAtStart), partitions.length),
      ...lagStateFinding(
        state,
        those.filter((each) => !isAtStart(each)),
        partitions.length,
        meanings[state],
      ),
    ];
  });
}

/** A reset to the start leaves such a checkpoint, which says where reading begins without naming an event. */
function isAtStart({ checkpoint, status }: GroupPartition): boolean {
  return checkpoint?.offset === "-1" && status === "unknown";
}

function startFindings(those: readonly GroupPartition[], all: number): Finding[] {
  const isOwned = those.every(({ owner }) => processorOwner(owner)?.state === "active");
  const next = "The status is known after the next checkpoints.";
  return lagStateFinding("atStart", those, all, {
    what: "before the first event",
    evidence: "Their checkpoints are before the first event: the group will read the whole stream.",
    next: isOwned ? next : `${next} If no processor is running, start one.`,
  });
}

function lagStateFinding(
  kind: string,
  those: readonly GroupPartition[],
  all: number,
  { what, evidence, next }: Meaning,
): Finding[] {
  const [first] = those;
  if (first === undefined) return [];
  const reasons = new Set(those.map((partition) => partition.reason?.message ?? null));
  // Without a checkpoint the reason counts one partition's events.
  const isShared =
    reasons.size === 1 && (those.length === 1 || (kind !== "noCheckpoint" && kind !== "atStart"));
  return [
    {
      kind,
      status: "unknown",
      title: countTitle(those, all, what),
      evidence: isShared && first.reason !== null ? first.reason.message : evidence,
      next,
      partitionIds: idsOf(those),
    },
  ];
}

export function lostFindings(group: ConsumerGroupDetail): Finding[] {
  // Also when nothing is left and the lag is 0.
  const those = group.partitions.filter(isLosing);
  const [first] = those;
  if (first === undefined) return [];
  const one = those.length === 1 ? (first.reason?.message ?? null) : null;
  return [
    {
      kind: "lost",
      status: "stop",
      title: countTitle(those, group.partitions.length, "overtaken by retention"),
      evidence: [
        one,
        lossText(group),
        "The group continues with the oldest event left, or the next to arrive.",
      ]
        .filter((sentence) => sentence !== null)
        .join(" "),
      next: "The hub no longer has them. Start or speed up the processors before more are lost, or raise the hub's retention.",
      partitionIds: idsOf(those),
    },
  ];
}

function lossText(group: ConsumerGroupDetail): string | null {
  const losses = lossesOf(group);
  if (losses === null) return null;
  const events = plural(losses.events, "event");
  return losses.since === null
    ? `${events} past the checkpoints ${losses.events === 1 ? "is" : "are"} deleted.`
    : `Retention deleted ${events} before ${losses.events === 1 ? "it was" : "they were"} checkpointed, counted since ${moment(losses.since)}.`;
}

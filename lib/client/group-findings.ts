import type { GroupPartition } from "#lib/api/consumer-group.ts";
import type { LagState, Status } from "#lib/api/status.ts";
import { formatCount, plural } from "./format.ts";

/** Something off in a group's partitions: said once, with the partitions it holds for. */
export interface Finding {
  state: LagState;
  status: Status;
  title: string;
  /** The partitions' own reason where they share one, else what it means. */
  text: string;
  partitionIds: string[];
}

type Off = Exclude<LagState, "ok" | "empty">;

const order: Off[] = ["behindRetention", "ahead", "unreadable", "unknown", "noCheckpoint"];

const meanings: Record<Off, { status: Status; what: string; text: string }> = {
  behindRetention: {
    status: "stop",
    what: "overtaken by retention",
    text: "Events left the stream before they were read; reading goes on with the oldest one still there.",
  },
  ahead: {
    status: "unknown",
    what: "ahead of the stream",
    text: "The event hub was probably re-created: processors will fail on the old offsets until the checkpoints are reset.",
  },
  unreadable: {
    status: "unknown",
    what: "with an unreadable checkpoint",
    text: "JavaScript, Python and Go processors of this group can't start while such a checkpoint stands.",
  },
  unknown: {
    status: "unknown",
    what: "that could not be read",
    text: "Their figures are left out of every sum.",
  },
  noCheckpoint: {
    status: "unknown",
    what: "without a checkpoint",
    text: "Their lag is an upper bound: everything in the stream counts.",
  },
};

/** What is off, the gravest first; empty where every partition is as it should be. */
export function groupFindings(partitions: readonly GroupPartition[]): Finding[] {
  return order.flatMap((state) => {
    const those = partitions.filter((partition) => partition.lagState === state);
    const [first] = those;
    if (first === undefined) return [];
    const { status, what, text } = meanings[state];
    const reasons = new Set(those.map((partition) => partition.reason));
    const lost = those.reduce((sum, partition) => sum + (partition.lostEvents ?? 0), 0);
    const all = those.length === partitions.length && those.length > 1 ? "All " : "";
    return {
      state,
      status,
      title: `${all}${plural(those.length, "partition")} ${what}${lost > 0 ? `, ${formatCount(lost)} events lost` : ""}`,
      text: reasons.size === 1 && first.reason !== null && lost === 0 ? first.reason : text,
      partitionIds: those.map((partition) => partition.partitionId),
    };
  });
}

/** `3, 5, 9 and 12 more`, for a sentence that can't name a thousand. */
export function listIds(ids: readonly string[], most = 12): string {
  if (ids.length <= most) return ids.join(", ");
  return `${ids.slice(0, most).join(", ")} and ${formatCount(ids.length - most)} more`;
}

import type { ConsumerGroup } from "#lib/api/consumer-group.ts";
import { formatDuration, unknownMark } from "#lib/client/format/format.ts";
import { caughtUp, paceChip } from "./status-words.ts";

interface CatchUp {
  kind: "caughtUp" | "takes" | "never" | "unknown";
  text: string;
}

/** When a group will have read everything. The others' rates say nothing of a partition that stands still. */
export function catchUpOf(group: ConsumerGroup, partitionsNotMoving = 0): CatchUp {
  const { totalLag, catchUpSeconds, lagChangePerSecond } = group;
  const unknown: CatchUp = { kind: "unknown", text: unknownMark };
  if (group.status === "unknown" || group.partitionsUnknown > 0) return unknown;
  if (totalLag === 0 || paceChip(group).word === caughtUp) return { kind: "caughtUp", text: "caught up" };
  if (catchUpSeconds !== null) return { kind: "takes", text: formatDuration(catchUpSeconds) };
  return lagChangePerSecond !== null || partitionsNotMoving > 0 ? { kind: "never", text: "never" } : unknown;
}

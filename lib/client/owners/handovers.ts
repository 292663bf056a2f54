import { formatDuration, plural } from "#lib/client/format/format.ts";
import type { ChangePiece, OwnerChange } from "./owner-words.ts";

/**
 * Changes of partitions between the same two owners at about one time, such as a restart. `handed` and
 * `expired` go from one owner to the next. After `released` and `lost` nobody followed.
 */
export interface Handover {
  at: string;
  kind: "handed" | "expired" | "stolen" | "claimed" | "released" | "lost";
  from: string | null;
  to: string | null;
  partitionIds: string[];
  gapSeconds: number | null;
  changes: OwnerChange[];
}

/** A claim within this time belongs to the loss before it. */
const joinMs = 150_000;
/** Changes between the same owners join while they are no further apart. */
const pauseMs = 60_000;

/**
 * Joins a range's changes, oldest first: a partition's loss with its next claim, then those of many
 * partitions.
 */
export function handovers(changes: readonly OwnerChange[]): Handover[] {
  const moves = movesOf(changes).sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const joined: Handover[] = [];
  const latest = new Map<string, Handover>();
  for (const move of moves) {
    const key = JSON.stringify([move.kind, move.from, move.to]);
    const before = latest.get(key);
    const isSoon = before !== undefined && Date.parse(move.at) - Date.parse(before.at) <= pauseMs;
    // A partition that changes hands twice starts another handover.
    if (isSoon && !before.partitionIds.includes(move.partitionIds[0] ?? "")) add(before, move);
    else {
      latest.set(key, move);
      joined.push(move);
    }
  }
  return joined;
}

function add(to: Handover, move: Handover): void {
  to.at = move.at;
  to.partitionIds.push(...move.partitionIds);
  to.changes.push(...move.changes);
  to.gapSeconds = Math.max(to.gapSeconds ?? 0, move.gapSeconds ?? 0);
}

function movesOf(changes: readonly OwnerChange[]): Handover[] {
  const moves: Handover[] = [];
  const lost = new Map<string, OwnerChange>();
  const alone = (change: OwnerChange) => moves.push(aloneMove(change));
  for (const change of changes) {
    const before = lost.get(change.partitionId);
    lost.delete(change.partitionId);
    const gapMs = before === undefined ? 0 : Date.parse(change.at) - Date.parse(before.at);
    const isNext = before !== undefined && change.kind === "claimed" && gapMs <= joinMs;
    if (isNext) {
      const kind = before.kind === "released" ? "handed" : "expired";
      const { at, partitionId, ownerId: to } = change;
      const gapSeconds = Math.max(0, gapMs) / 1000;
      moves.push({
        ...{ at, kind, to, gapSeconds },
        from: before.previousOwnerId,
        partitionIds: [partitionId],
        changes: [before, change],
      });
      continue;
    }
    if (before !== undefined) alone(before);
    if (change.kind === "released" || change.kind === "expired") lost.set(change.partitionId, change);
    else alone(change);
  }
  for (const change of lost.values()) alone(change);
  return moves;
}

function aloneMove(change: OwnerChange): Handover {
  const { at, kind, partitionId, ownerId, previousOwnerId } = change;
  const partitionIds = [partitionId];
  const shared = { at, partitionIds, gapSeconds: null, changes: [change] };
  if (kind === "stolen") return { ...shared, kind, from: previousOwnerId, to: ownerId };
  if (kind === "claimed") return { ...shared, kind, from: null, to: ownerId };
  return { ...shared, kind: kind === "released" ? "released" : "lost", from: previousOwnerId, to: null };
}

export function handoverPieces({ kind, from, to, partitionIds, gapSeconds }: Handover): ChangePiece[] {
  const some =
    partitionIds.length === 1 ? `partition ${partitionIds[0]}` : plural(partitionIds.length, "partition");
  const text = (words: string) => ({ text: words });
  const name = (ownerId: string | null): ChangePiece =>
    ownerId === null ? { text: "an unknown owner" } : { ownerId };
  const gap = gapSeconds === null || gapSeconds < 1 ? "" : `, ${formatDuration(gapSeconds)} without an owner`;
  switch (kind) {
    case "handed":
      if (from === to) return [name(to), text(`released and claimed ${some} again${gap}`)];
      return [name(from), text(`handed ${some} to`), name(to), ...tail(gap)];
    case "expired":
      if (from === to) return [name(to), text(`expired and claimed ${some} again${gap}`)];
      return [name(to), text(`took over ${some} from`), name(from), text(`which expired${gap}`)];
    case "stolen":
      return [name(to), text(`stole ${some} from`), name(from)];
    case "claimed":
      return [name(to), text(`claimed ${some}`)];
    case "released":
      return [name(from), text(`released ${some}`)];
    case "lost":
      return [name(from), text(`expired on ${some}`)];
  }
}

const tail = (gap: string): ChangePiece[] => (gap === "" ? [] : [{ text: gap.slice(2) }]);

import { resetHolding } from "#lib/core/holding-owner.ts";
import type { Handover } from "./handover.ts";
import type { OwnerChange } from "./owner-words.ts";
import { ResetPauses } from "./reset-pauses.ts";

/** A claim within this time belongs to the loss before it. */
const joinMs = 150_000;
/** Changes with one cause join while they are no further apart. */
const pauseMs = 60_000;

/**
 * Joins a range's changes, oldest first: a partition's loss with its next claim, then those of many
 * partitions, and all that one live reset did.
 */
export function handovers(changes: readonly OwnerChange[]): Handover[] {
  const pauses = new ResetPauses(joinMs);
  const moves = movesOf(changes.filter((change) => !pauses.take(change)));
  stoppedNotStolen(moves);
  moves.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const joined: Handover[] = [];
  const latest = new Map<string, Handover>();
  for (const move of moves) {
    // A thief steals from all; what is handed or lost at one time mostly has one cause, whoever follows.
    const key = move.kind === "stolen" ? JSON.stringify([move.kind, move.to]) : move.kind;
    const before = latest.get(key);
    const isSoon = before !== undefined && Date.parse(move.at) - Date.parse(before.at) <= pauseMs;
    // A partition that changes hands twice starts another handover.
    if (isSoon && !before.partitionIds.includes(move.partitionIds[0] ?? "")) add(before, move);
    else {
      latest.set(key, move);
      joined.push(move);
    }
  }
  return [...joined, ...pauses.handovers()].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

function add(to: Handover, move: Handover): void {
  to.at = move.at;
  to.partitionIds.push(...move.partitionIds);
  to.changes.push(...move.changes);
  for (const side of ["from", "to"] as const) to[side] = [...new Set([...to[side], ...move[side]])];
  const gaps = [to.gapSeconds, move.gapSeconds].filter((gap) => gap !== null);
  to.gapSeconds = gaps.length === 0 ? null : Math.max(...gaps);
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
      const { at, partitionId, ownerId: to } = change;
      const from = before.previousOwnerId;
      moves.push({
        at,
        kind: from === to ? "again" : before.kind === "released" ? "handed" : "expired",
        ...{ from: [from], to: [to], partitionIds: [partitionId] },
        gapSeconds: Math.max(0, gapMs) / 1000,
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
  const shared = { at, partitionIds: [partitionId], gapSeconds: null, changes: [change] };
  // What a reset held before the range goes to whoever claims it.
  const isFromReset = previousOwnerId !== null && resetHolding(previousOwnerId) !== null;
  if (kind === "stolen" && !isFromReset) return { ...shared, kind, from: [previousOwnerId], to: [ownerId] };
  if (kind === "claimed" || kind === "stolen") {
    return { ...shared, kind: "claimed", from: [], to: [ownerId] };
  }
  return { ...shared, kind: kind === "released" ? "released" : "lost", from: [previousOwnerId], to: [] };
}

/**
 * A release and the next claim between two looks read as a theft. Where the owner also gave partitions back at
 * that time and got none, it stopped.
 */
function stoppedNotStolen(moves: readonly Handover[]): void {
  const given = timesOf(moves.filter(({ kind }) => kind === "handed" || kind === "released"));
  const got = timesOf(moves.map((move) => ({ ...move, from: move.to })));
  const isNear = (times: readonly number[] | undefined, at: number) =>
    times?.some((time) => Math.abs(time - at) <= pauseMs) === true;
  for (const move of moves) {
    const [owner = null] = move.from;
    const at = Date.parse(move.at);
    const hasStopped = isNear(given.get(owner), at) && !isNear(got.get(owner), at);
    if (move.kind === "stolen" && owner !== null && hasStopped) move.kind = "handed";
  }
}

function timesOf(moves: readonly Handover[]): Map<string | null, number[]> {
  const times = new Map<string | null, number[]>();
  for (const { from, at } of moves) {
    for (const owner of from) times.set(owner, [...(times.get(owner) ?? []), Date.parse(at)]);
  }
  return times;
}

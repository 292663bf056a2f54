import { resetHolding } from "#lib/core/holding-owner.ts";
import type { Handover } from "./handover.ts";
import type { OwnerChange } from "./owner-words.ts";

interface Hold {
  resetId: string;
  /** Null: before the range. */
  from: number | null;
  until: number | null;
  claimedAt: number | null;
  changes: OwnerChange[];
}

const resetOf = (ownerId: string | null) =>
  ownerId === null ? null : (resetHolding(ownerId)?.resetId ?? null);

/** What live resets did to owners, from the first hold to the claim after it: one handover each. */
export class ResetPauses {
  readonly #joinMs: number;
  readonly #holds: Hold[] = [];
  readonly #open = new Map<string, Hold>();

  /** @param joinMs a claim within this time belongs to the hold before it */
  constructor(joinMs: number) {
    this.#joinMs = joinMs;
  }

  /** Takes a range's changes, oldest first. Returns whether it belongs to a reset. */
  take(change: OwnerChange): boolean {
    const { partitionId, ownerId, previousOwnerId } = change;
    const at = Date.parse(change.at);
    const taking = resetOf(ownerId);
    const open = this.#open.get(partitionId);
    if (taking !== null) {
      if (open?.resetId === taking && open.until === null) open.changes.push(change);
      else this.#begin(partitionId, { resetId: taking, from: at, until: null, changes: [change] });
      return true;
    }
    if (open !== undefined && open.until !== null) {
      this.#open.delete(partitionId);
      if (change.kind !== "claimed" || at - open.until > this.#joinMs) return false;
      open.claimedAt = at;
      open.changes.push(change);
      return true;
    }
    const ending = resetOf(previousOwnerId);
    if (ending === null || change.kind === "claimed") return false;
    const hold = open ?? this.#begin(partitionId, { resetId: ending, from: null, until: null, changes: [] });
    hold.until = at;
    hold.changes.push(change);
    if (ownerId !== null) this.#open.delete(partitionId);
    return true;
  }

  #begin(partitionId: string, hold: Omit<Hold, "claimedAt">): Hold {
    const begun = { ...hold, claimedAt: null };
    this.#open.set(partitionId, begun);
    this.#holds.push(begun);
    return begun;
  }

  handovers(): Handover[] {
    return [...Map.groupBy(this.#holds, ({ resetId }) => resetId)].map(([resetId, holds]) => {
      const changes = holds.flatMap((hold) => hold.changes);
      const times = holds.map(({ from, until }) =>
        until === null || from === null ? null : (until - from) / 1000,
      );
      const known = times.filter((time) => time !== null);
      const isOver = holds.every(({ until }) => until !== null);
      const gaps = holds.flatMap(({ until, claimedAt }) =>
        until === null || claimedAt === null ? [] : [(claimedAt - until) / 1000],
      );
      const longest = known.length === 0 || !isOver ? null : Math.max(...known);
      return {
        at: changes[0]?.at ?? "",
        kind: "paused",
        ...{ from: [], to: [], changes },
        partitionIds: [...new Set(changes.map((change) => change.partitionId))],
        gapSeconds: gaps.length === 0 ? null : Math.max(...gaps),
        pause: {
          resetId,
          heldSeconds: longest,
          isOver,
          isAlike: times.every((time) => time !== null && longest !== null && longest - time < 1),
        },
      };
    });
  }
}

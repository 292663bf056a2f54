import type { Reset, ResetEntry, Resets } from "#lib/api/resets.ts";
import { ofPartitions } from "../alike.ts";
import { kindNoun } from "../plan-kind.ts";
import { mostLast } from "../reset-queries.ts";
import { isPassed, type RestOfReset, restOf } from "./rest-of-reset.ts";

type Head = Resets["resets"][number];

/** The newest first, as the list has them. */
export function laterThan({ id, startedAt }: Pick<Reset, "id" | "startedAt">, { resets }: Resets): Head[] {
  const since = Date.parse(startedAt);
  return resets.filter((one) => one.id !== id && Date.parse(one.startedAt) >= since);
}

/** True where more came later than the list tells. */
export function isCut({ id }: Pick<Reset, "id">, { resets }: Resets): boolean {
  return resets.length >= mostLast && !resets.some((one) => one.id === id);
}

const untouched: ReadonlySet<ResetEntry["result"]> = new Set(["conflict", "failed", "skipped"]);

function writtenIn({ state, entries }: Pick<Reset, "state" | "entries">): string[] {
  const written = entries.filter(
    ({ result }) => !untouched.has(result) && (result !== "pending" || state === "running"),
  );
  return written.map(({ partitionId }) => partitionId);
}

function undosOf(id: string, later: readonly Reset[]): Reset[] {
  return later.filter(({ target }) => target.kind === "undo" && target.resetId === id);
}

/** Less what undos of these undos have brought to where it was before. */
function broughtBack(id: string, later: readonly Reset[]): Set<string> {
  return new Set(
    undosOf(id, later).flatMap((undo) => {
      const again = broughtBack(undo.id, later);
      return undo.entries.flatMap(({ partitionId, result }) =>
        result === "written" && !again.has(partitionId) ? [partitionId] : [],
      );
    }),
  );
}

/** The newest undo that runs or stands, and what none of them brought back; an undo of all that it wrote ends it. */
function undone(id: string, later: readonly Reset[]): { undo: Reset; left: string[] } | null {
  const undos = undosOf(id, later).filter((one) => {
    const again = broughtBack(one.id, later);
    return one.state === "running" || writtenIn(one).some((partitionId) => !again.has(partitionId));
  });
  const [undo] = undos;
  if (undo === undefined) return null;
  const back = broughtBack(id, later);
  const left = undos
    .flatMap(({ entries }) => entries)
    .flatMap((entry) => (back.has(entry.partitionId) || isPassed(entry) ? [] : [entry.partitionId]));
  return { undo, left: [...new Set(left)] };
}

/**
 * `covered`: what later resets wrote since of what this one had left; `by`: the newest of these, or of too many.
 * `notUndone`: null where `by` is not an undo of this very reset.
 */
export interface RestNow {
  rest: RestOfReset | null;
  covered: string[];
  by: Pick<Reset, "id" | "target" | "state"> | null;
  notUndone: string[] | null;
}

export function restNow(reset: Reset, later: readonly Reset[]): RestNow {
  const rest = restOf(reset);
  if (rest === null) return { rest, covered: [], by: null, notUndone: null };
  const ids = rest.partitionIds;
  const ofUndo = undone(reset.id, later);
  const own = undosOf(reset.id, later);
  const takenUp = later.map((one) => ({ one, ids: new Set(own.includes(one) ? [] : writtenIn(one)) }));
  const covered = ids.filter((id) => takenUp.some((each) => each.ids.has(id)));
  const newest = takenUp.find((each) => each.one === ofUndo?.undo || covered.some((id) => each.ids.has(id)));
  const by = newest?.one ?? null;
  if (by === null) return { rest, covered, by, notUndone: null };
  const left = ids.filter((id) => !covered.includes(id));
  // The rest of what was undone would bring a part of it back. An undo can't be planned for some partitions alone.
  const isOver = ofUndo !== null || left.length === 0 || reset.target.kind === "undo";
  return {
    rest: isOver ? null : { ...rest, partitionIds: left, isAll: false },
    covered,
    by,
    notUndone: by === ofUndo?.undo ? ofUndo.left : null,
  };
}

export function coveredWords(
  reset: Pick<Reset, "target">,
  { covered, notUndone }: Pick<RestNow, "covered" | "notUndone">,
  by: NonNullable<RestNow["by"]>,
): string {
  if (notUndone !== null) return undoneWords(kindNoun(reset.target), by.state, notUndone);
  if (covered.length === 0) return "Several resets of the group came after it.";
  const did = by.state === "running" ? "is at work on" : "took up";
  return `A later ${kindNoun(by.target)} ${did} ${ofPartitions(covered)}, which this one had left.`;
}

function undoneWords(noun: string, state: Reset["state"], left: readonly string[]): string {
  if (state === "running") return "An undo of it is at work.";
  if (left.length === 0) return `The ${noun} has been undone since.`;
  return `The ${noun} was undone in part. Not undone: ${ofPartitions(left)}.`;
}

/** Null: nothing is left to undo, or the undo is at work. It leaves out what stands at its former place. */
export function undoAgain({ by, notUndone }: Pick<RestNow, "by" | "notUndone">): string | null {
  return by?.state === "running" || notUndone === null || notUndone.length === 0
    ? null
    : "Plan the undo again…";
}

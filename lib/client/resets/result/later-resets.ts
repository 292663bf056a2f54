import type { Reset, ResetEntry, Resets } from "#lib/api/resets.ts";
import { ofPartitions } from "../alike.ts";
import { kindNoun } from "../plan-kind.ts";
import { mostLast } from "../reset-queries.ts";
import { type RestOfReset, restOf } from "./rest-of-reset.ts";

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

/** The undo of this very reset covers all of it: to plan its rest would bring a part of it back. */
function coveredBy(later: Reset, reset: Pick<Reset, "id" | "entries">): Set<string> {
  const { target } = later;
  const written = later.entries.filter(({ result }) => !untouched.has(result));
  const isItsUndo = target.kind === "undo" && target.resetId === reset.id && written.length > 0;
  return new Set((isItsUndo ? reset.entries : written).map(({ partitionId }) => partitionId));
}

/** `covered`: what later resets wrote since of what this one had left; `by`: the newest of these, or of too many. */
export interface RestNow {
  rest: RestOfReset | null;
  covered: string[];
  by: Pick<Reset, "id" | "target" | "state"> | null;
}

export function restNow(reset: Reset, later: readonly Reset[]): RestNow {
  const rest = restOf(reset);
  const takenUp = later.map((one) => ({ one, ids: coveredBy(one, reset) }));
  const ids = rest?.partitionIds ?? [];
  const covered = ids.filter((id) => takenUp.some((each) => each.ids.has(id)));
  const by = takenUp.find((each) => covered.some((id) => each.ids.has(id)))?.one ?? null;
  if (rest === null || by === null) return { rest, covered, by };
  const left = ids.filter((id) => !covered.includes(id));
  // An undo can't be planned for some partitions alone.
  const isOver = left.length === 0 || reset.target.kind === "undo";
  return { rest: isOver ? null : { ...rest, partitionIds: left, isAll: false }, covered, by };
}

export function coveredWords(
  reset: Pick<Reset, "id" | "target">,
  covered: readonly string[],
  by: NonNullable<RestNow["by"]>,
): string {
  if (by.target.kind === "undo" && by.target.resetId === reset.id)
    return `The ${kindNoun(reset.target)} has been undone since.`;
  if (covered.length === 0) return "Several resets of the group came after it.";
  const did = by.state === "running" ? "is at work on" : "took up";
  return `A later ${kindNoun(by.target)} ${did} ${ofPartitions(covered)}, which this one had left.`;
}

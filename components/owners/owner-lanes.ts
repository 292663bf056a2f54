import { endText, type OwnerChange, type OwnerSpan } from "#lib/client/owner-words.ts";

/** A stretch of a partition's lane, in shares of the range from 0 to 1. */
export interface Stretch {
  start: number;
  end: number;
  /** Null: nobody owned it. What is not known has no stretch. */
  ownerId: string | null;
  /** Whole, though it may reach beyond the range. */
  from: number;
  /** Null: it still runs. */
  to: number | null;
  /** How it ended, in words. */
  ending: string;
  /** Above 1: so many stretches, each too short to be drawn by itself. */
  count: number;
}

export interface Lane {
  partitionId: string;
  stretches: readonly Stretch[];
}

interface Range {
  from: number;
  to: number;
}

type Known = Pick<OwnerSpan, "partitionId" | "ownerId" | "from" | "to" | "endedBy">;
type Change = Pick<OwnerChange, "at" | "partitionId" | "kind">;

/**
 * One lane per partition. Between two spans, and after one that was released or expired, nobody owned the
 * partition; before its first span that is known only where this began with a claim. What lies before
 * everything that was ever seen of the group is not known.
 */
export function ownerLanes(
  partitionIds: readonly string[],
  spans: readonly Known[],
  changes: readonly Change[],
  range: Range,
): Lane[] {
  const seenFrom = [...spans.map((s) => Date.parse(s.from)), ...changes.map((c) => Date.parse(c.at))].reduce(
    (least, at) => Math.min(least, at),
    Number.POSITIVE_INFINITY,
  );
  const ofPartition = Map.groupBy(spans, (span) => span.partitionId);
  const firstChange = new Map<string, Change>();
  for (const change of changes) {
    if (!firstChange.has(change.partitionId)) firstChange.set(change.partitionId, change);
  }
  return partitionIds.map((partitionId) => {
    const own = (ofPartition.get(partitionId) ?? []).toSorted(
      (a, b) => Date.parse(a.from) - Date.parse(b.from),
    );
    const first = firstChange.get(partitionId);
    const stretches: Stretch[] = [];
    let at = Math.max(range.from, seenFrom);
    let isFree = own.length === 0 || startsUnowned(own[0], first);
    for (const span of own) {
      const from = Date.parse(span.from);
      const to = span.to === null ? null : Date.parse(span.to);
      if (isFree) push(stretches, { ownerId: null, from: at, to: from, ending: "then claimed" }, range);
      push(stretches, { ownerId: span.ownerId, from, to, ending: endText(span.endedBy, span.to) }, range);
      at = to ?? range.to;
      isFree = to !== null;
    }
    if (isFree) push(stretches, { ownerId: null, from: at, to: null, ending: "still nobody" }, range);
    return { partitionId, stretches: condense(stretches) };
  });
}

function startsUnowned(span: Known | undefined, first: Change | undefined): boolean {
  return span !== undefined && first?.kind === "claimed" && first.at === span.from;
}

function push(
  stretches: Stretch[],
  stretch: Omit<Stretch, "start" | "end" | "count">,
  { from, to }: Range,
): void {
  const share = (at: number) => Math.min(1, Math.max(0, (at - from) / Math.max(1, to - from)));
  const [start, end] = [share(stretch.from), share(stretch.to ?? to)];
  if (end > start) stretches.push({ ...stretch, start, end, count: 1 });
}

/** About a pixel and a half of a wide screen. */
const narrow = 1 / 800;

/** Runs of stretches too short to be told apart become one, so that a lane has never more than a screen shows. */
export function condense(stretches: readonly Stretch[]): Stretch[] {
  const drawn: Stretch[] = [];
  for (const next of stretches) {
    const before = drawn.at(-1);
    const isShort = next.end - next.start < narrow;
    const joins =
      before !== undefined && isShort && before.end - before.start < narrow * 2 && before.end === next.start;
    if (joins && (before.count > 1 || before.end - before.start < narrow)) {
      drawn[drawn.length - 1] = {
        ...next,
        start: before.start,
        from: before.from,
        ownerId: null,
        count: before.count + 1,
      };
    } else drawn.push(next);
  }
  return drawn;
}

import type { MoveTarget } from "#lib/api/plans/moves.ts";
import { operationOf } from "#lib/api/reasons/operation.ts";
import type { ResetPlan } from "#lib/api/resets.ts";
import { showText } from "#lib/client/format/foreign-text.ts";
import { formatCount, formatDuration, plural } from "#lib/client/format/format.ts";
import { isProcessor } from "#lib/core/holding-owner.ts";
import { isSameName } from "#lib/core/name-pattern.ts";
import { blobsSummary } from "./blob-words.ts";
import { fateOf, hasBound, type PlanTotals, planTotals, readsNew, unblocked } from "./plan-totals.ts";
import { type Phrase, targetPhrases } from "./target-words.ts";

export function planSummary(plan: ResetPlan): Phrase[] {
  const blobs = blobsSummary(plan);
  if (blobs !== null) return [blobs];
  const totals = planTotals(plan);
  const { all, moves, blocked, stays, held } = totals;
  if (all === 0) return ["These partitions no longer exist."];
  const isUndo = plan.target.kind === "undo";
  if (moves === 0 && blocked === 0 && !(isUndo && held > 0)) {
    return joined([[`${every(all)} already there: nothing would change.`], lost(totals)]);
  }
  const rest = isUndo ? [stay(stays - held), cantReturn(held)] : [stay(stays)];
  if (moves === 0) {
    const { done } = operationOf(plan);
    const cant = stays === 0 ? none(all, done) : `${plural(blocked, "partition")} can’t be ${done}.`;
    return joined([blocked === 0 ? ["Nothing would change."] : [{ strong: cant }], ...rest, ...later(plan)]);
  }
  const left: Phrase[] = [
    { strong: `${plural(blocked, "partition")} ${blocked === 1 ? "is" : "are"} blocked` },
    " and will not change.",
  ];
  return joined([
    movement(plan, totals),
    ...counts(totals, plan),
    lost(totals),
    ...rest,
    blocked === 0 ? [] : left,
  ]);
}

function later(plan: ResetPlan): Phrase[][] {
  const open = unblocked(plan);
  const totals = planTotals(open);
  if (totals.moves === 0) return [];
  return [["Once nothing blocks it:"], movement(open, totals), ...counts(totals, open)];
}

function joined(sentences: readonly Phrase[][]): Phrase[] {
  return sentences
    .filter(({ length }) => length > 0)
    .flatMap((sentence, i) => (i === 0 ? sentence : [" ", ...sentence]));
}

function every(all: number): string {
  if (all === 1) return "The partition is";
  return all === 2 ? "Both partitions are" : `All ${formatCount(all)} partitions are`;
}

function none(all: number, done: string): string {
  if (all === 1) return `The partition can’t be ${done}.`;
  return all === 2
    ? `Neither partition can be ${done}.`
    : `None of the ${formatCount(all)} partitions can be ${done}.`;
}

function stay(count: number): Phrase[] {
  return count === 0 ? [] : [`${plural(count, "partition")} ${count === 1 ? "is" : "are"} already there.`];
}

function cantReturn(count: number): Phrase[] {
  if (count === 0) return [];
  const verb = count === 1 ? "is" : "are";
  return [
    { strong: plural(count, "partition") },
    ` can’t return, and ${verb} already as close as the stream allows.`,
  ];
}

const go = (count: number) => (count === 1 ? "goes" : "go");

function movement(plan: ResetPlan, { all, moves, clamped }: PlanTotals): Phrase[] {
  const isUndo = plan.target.kind === "undo";
  const astray = clamped.earliest + clamped.latest;
  const reached = moves - astray;
  const some = (count: number): Phrase => ({
    strong: count === all ? plural(all, "partition") : `${formatCount(count)} of ${plural(all, "partition")}`,
  });
  const verb = isUndo ? (reached === 1 ? "returns" : "return") : go(reached);
  const arrive: Phrase[] =
    plan.target.kind === "move"
      ? [some(reached), ` ${reached === 1 ? "moves" : "move"} `, ...wayOf(plan, plan.target)]
      : [some(reached), ` ${verb} `, ...aim(plan, reached)];
  if (astray === 0) return [...arrive, "."];
  const edges = edgesOf(clamped);
  if (reached > 0) {
    const rest = isUndo ? ` can’t, and ${go(astray)} to ` : ` ${go(astray)} to `;
    return [...arrive, "; ", { strong: formatCount(astray) }, rest, ...edges, " instead."];
  }
  if (!isUndo)
    return [
      some(moves),
      ` ${go(moves)} to `,
      ...edges,
      ": the target (",
      ...withoutTo(aim(plan, moves)),
      ") is not in the stream.",
    ];
  const [who, then]: [string, string] =
    moves === 1
      ? ["1 partition can’t return", "it goes"]
      : [`0 of ${plural(moves, "partition")} can return`, "they go"];
  return [{ strong: who }, `; ${then} to `, ...edges, " instead."];
}

/** Names what differs between the two sides. */
function wayOf({ group, store }: ResetPlan, { from }: MoveTarget): Phrase[] {
  const isSameHub = from.hub === undefined;
  const isSameStore = isSameHub && from.store === store;
  const isSameGroup = isSameHub && isSameName(from.group, group);
  if (isSameStore && isSameGroup)
    return ["to the ", { strong: "common layout" }, " in store ", strong(store)];
  const placeOf = (side: { group: string; store: string }): Phrase[] => [
    ...(isSameGroup ? [] : [strong(side.group)]),
    ...(isSameStore ? [] : [isSameGroup ? "store " : " in store ", strong(side.store)]),
  ];
  return [
    "from ",
    ...placeOf(from),
    ...(from.hub === undefined ? [] : [" on the hub ", strong(from.hub)]),
    " to ",
    ...placeOf({ group, store }),
  ];
}

function strong(name: string): Phrase {
  return { strong: showText(name) };
}

function withoutTo([first = "", ...rest]: Phrase[]): Phrase[] {
  return first === "to " ? rest : [first, ...rest];
}

function edgesOf({ earliest, latest }: PlanTotals["clamped"]): Phrase[] {
  if (latest === 0) return [{ strong: "Earliest" }];
  if (earliest === 0) return [{ strong: "Latest" }];
  return [
    { strong: "Earliest" },
    ` (${formatCount(earliest)}) and `,
    { strong: "Latest" },
    ` (${formatCount(latest)})`,
  ];
}

function aim({ target, resolvedTime, entries }: ResetPlan, count: number): Phrase[] {
  if (target.kind === "shift") {
    const { by } = target;
    return [`${by < 0 ? "back" : "ahead"} by `, { strong: plural(Math.abs(by), "event") }];
  }
  if (target.kind === "undo") {
    return ["to ", { strong: `${count === 1 ? "its former position" : "their former positions"}` }];
  }
  const going = entries.filter((entry) => fateOf(entry) === "moves" && entry.clampedTo === null);
  const isSome = going.length > 0;
  const back = isSome && going.every(({ replays, skips }) => (replays ?? 0) > 0 && (skips ?? 0) === 0);
  const ahead = isSome && going.every(({ replays, skips }) => (skips ?? 0) > 0 && (replays ?? 0) === 0);
  return [back ? "back to " : ahead ? "ahead to " : "to ", ...targetPhrases(target, resolvedTime)];
}

/** Describes what is replayed and skipped. Of what an undo skips, nobody knows if it was ever read. */
function counts(
  { replays, skips, uncounted, moves, processedSince }: PlanTotals,
  { target, entries }: Pick<ResetPlan, "target" | "entries">,
): Phrase[][] {
  const going = entries.filter((entry) => fateOf(entry) === "moves");
  const isUndo = target.kind === "undo";
  if (target.kind === "move" && target.from.hub !== undefined && uncounted < moves)
    return [countsAway(replays, skips), uncounted === 0 ? [] : [unknownCounts(uncounted)]];
  const unknown =
    uncounted === moves ? "How many events are read again or skipped is unknown." : unknownCounts(uncounted);
  if (uncounted === moves) return [[unknown]];
  const again: Phrase[] =
    replays === 0
      ? ["No events will be read again"]
      : [
          ...(hasBound(going, "replays") ? ["At least "] : []),
          { strong: plural(replays, "event") },
          readsNew(target, entries) ? " will be read" : " will be read again",
        ];
  const skipped: Phrase[] =
    skips === 0
      ? ["none will be skipped"]
      : [
          ...(hasBound(going, "skips") ? ["at most "] : []),
          { strong: formatCount(skips) },
          ` will be skipped${isUndo ? "" : ", never read"}`,
        ];
  const since = `${plural(processedSince, "event")} ${processedSince === 1 ? "was" : "were"} processed since then.`;
  return [
    [...again, "; ", ...skipped, "."],
    uncounted === 0 ? [] : [unknown],
    processedSince === 0 ? [] : [since],
  ];
}

/** They count events of this hub alone, and say nothing of those left on the old one. */
function countsAway(replays: number, skips: number): Phrase[] {
  const again: Phrase[] =
    replays === 0
      ? ["no event of this hub will be read again"]
      : [{ strong: plural(replays, "event") }, " of this hub may be read again"];
  const skipped: Phrase[] =
    skips === 0 ? ["none will be skipped"] : [{ strong: formatCount(skips) }, " will be skipped, never read"];
  return ["By enqueued time, ", ...again, "; ", ...skipped, "."];
}

function unknownCounts(partitions: number): string {
  return `How many events are read again or skipped is unknown for ${plural(partitions, "partition")}.`;
}

function lost({ lost: count }: PlanTotals): Phrase[] {
  if (count === 0) return [];
  return [
    { strong: plural(count, "event") },
    ` ${count === 1 ? "was" : "were"} lost before this and can’t be read.`,
  ];
}

export function liveSummary({ mode, handlerSeconds, entries, live }: ResetPlan): string | null {
  const open = entries.filter((entry) => fateOf(entry) !== "blocked");
  if (mode !== "live" || open.length === 0) return null;
  const holds = open.flatMap(({ holds: hold }) => hold ?? []);
  const owners = new Set(holds.map(({ ownerId }) => ownerId).filter(isProcessor)).size;
  const longest = Math.max(0, ...holds.map(({ seconds }) => seconds));
  const which = open.length === entries.length ? "these partitions" : "the partitions that can be reset";
  const running =
    owners === 0
      ? `nobody owns ${which} now`
      : `${plural(owners, "processor")} ${owners === 1 ? "keeps" : "keep"} running`;
  const isOne = open.length === 1;
  const about = formatDuration(longest);
  const pause =
    longest === 0
      ? ""
      : isOne
        ? ` The partition pauses for about ${about}.`
        : ` Each partition pauses for about ${about}, a few at a time.`;
  return `Live: ${running}.${pause}${isOne && longest > 0 ? "" : course(live)} A handler slower than ${formatDuration(handlerSeconds)} could still overwrite the new position.`;
}

function course(live: ResetPlan["live"]): string {
  if (live == null || live.waves === 0) return "";
  const waves = live.waves === 1 ? "in one wave" : `in ${formatCount(live.waves)} waves`;
  return ` It takes about ${formatDuration(live.seconds)} in total, ${waves}.`;
}

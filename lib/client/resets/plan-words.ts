import type { RequestedTarget, Reset, ResetPlan } from "#lib/api/resets.ts";
import { showText } from "#lib/client/format/foreign-text.ts";
import { formatCount, formatDuration, plural } from "#lib/client/format/format.ts";
import { fateOf, type PlanTotals, planTotals } from "./plan-totals.ts";
import { localHint, utcMoment } from "./reset-time.ts";

/** A piece of a sentence: plain, stressed (of a moment: which one), or said in passing. */
export type Phrase = string | { strong: string; at?: string } | { aside: string };

/** What a target is, to stand after "to": `12:00:00 UTC (14:00 local)`, `the start of the stream`. */
export function targetPhrases(target: RequestedTarget, resolvedTime: string | null, now: number): Phrase[] {
  switch (target.kind) {
    case "earliest":
      return [{ strong: "the start of the stream" }];
    case "latest":
      return [{ strong: "the end of the stream" }];
    case "time":
      return moment(resolvedTime ?? target.value, now);
    case "ago": {
      const at = resolvedTime ?? ("resolvedTime" in target ? target.resolvedTime : null);
      return at === null
        ? ["where the stream stood ", { strong: `${formatDuration(target.seconds)} ago` }]
        : moment(at, now);
    }
    case "sequenceNumber":
      return ["the event with ", { strong: `sequence number ${formatCount(target.value)}` }];
    case "shift":
      return [
        { strong: `${plural(Math.abs(target.by), "event")} ${target.by < 0 ? "before" : "after"}` },
        " where it stood",
      ];
    case "group":
      return ["where ", { strong: showText(target.name) }, " stands"];
    case "positions":
      return [{ strong: "the positions of a file" }];
    case "times":
      return [{ strong: "the times of a file" }];
    case "undo":
      return [{ strong: "where they stood before the reset" }];
  }
}

/**
 * What a reset went to: its target, or of an undo what it came to, for whoever could not return where it stood
 * went to an end of the stream.
 */
export function reachedPhrases(
  { target, entries }: Pick<Reset, "target" | "entries">,
  now: number,
): Phrase[] {
  const named = targetPhrases(target, null, now);
  if (target.kind !== "undo" || entries.length === 0) return named;
  const returning = entries.filter(({ clampedTo, result }) => clampedTo === null && result !== "skipped");
  if (returning.length === entries.length) return named;
  if (returning.length > 0)
    return [
      ...named,
      ` (${formatCount(entries.length - returning.length)} of ${formatCount(entries.length)} can’t return)`,
    ];
  const ends = new Set(entries.flatMap(({ clampedTo }) => clampedTo ?? []));
  if (ends.size === 0) return named;
  const end =
    ends.size === 2
      ? "the ends of the stream"
      : ends.has("latest")
        ? "the end of the stream"
        : "the start of the stream";
  return [{ strong: end }, ": none can return to where it stood"];
}

/** The pieces as one text. */
export function plainText(phrases: readonly Phrase[]): string {
  return phrases
    .map((phrase) =>
      typeof phrase === "string" ? phrase : "strong" in phrase ? phrase.strong : phrase.aside,
    )
    .join("");
}

function moment(at: string, now: number): Phrase[] {
  return [{ strong: utcMoment(at, now), at }, { aside: ` (${localHint(at)})` }];
}

/** A plan in sentences: how many partitions go where, what is read again, skipped and lost, what stays. */
export function planSummary(plan: ResetPlan, now: number): Phrase[] {
  const totals = planTotals(plan);
  const { all, moves, blocked, stays, held } = totals;
  if (all === 0) return ["None of the partitions is there any more."];
  const isUndo = plan.target.kind === "undo";
  if (moves === 0 && blocked === 0 && !(isUndo && held > 0)) {
    return joined([[`${every(all)} there already: nothing would change.`], lost(totals)]);
  }
  const rest = isUndo ? [stay(stays - held), cantReturn(held)] : [stay(stays)];
  if (moves === 0) {
    const cant = stays === 0 ? none(all) : `${plural(blocked, "partition")} can’t be reset.`;
    return joined([blocked === 0 ? ["Nothing would change."] : [{ strong: cant }], ...rest]);
  }
  const left: Phrase[] = [
    { strong: `${plural(blocked, "partition")} ${blocked === 1 ? "is" : "are"} blocked` },
    " and left alone.",
  ];
  return joined([
    movement(plan, totals, now),
    ...counts(totals, isUndo),
    lost(totals),
    ...rest,
    blocked === 0 ? [] : left,
  ]);
}

function joined(sentences: readonly Phrase[][]): Phrase[] {
  return sentences
    .filter(({ length }) => length > 0)
    .flatMap((sentence, i) => (i === 0 ? sentence : [" ", ...sentence]));
}

function every(all: number): string {
  if (all === 1) return "The partition stands";
  return all === 2 ? "Both partitions stand" : `All ${formatCount(all)} partitions stand`;
}

function none(all: number): string {
  if (all === 1) return "The partition can’t be reset.";
  return all === 2
    ? "Neither partition can be reset."
    : `None of the ${formatCount(all)} partitions can be reset.`;
}

function stay(count: number): Phrase[] {
  return count === 0
    ? []
    : [`${plural(count, "partition")} ${count === 1 ? "stands" : "stand"} there already.`];
}

function cantReturn(count: number): Phrase[] {
  if (count === 0) return [];
  const verb = count === 1 ? "stands" : "stand";
  return [
    { strong: plural(count, "partition") },
    ` can’t return, and ${verb} already as near as the stream allows.`,
  ];
}

const go = (count: number) => (count === 1 ? "goes" : "go");

/** Who goes where; those whose target lies outside of the stream are told apart. */
function movement(plan: ResetPlan, { all, moves, clamped }: PlanTotals, now: number): Phrase[] {
  const isUndo = plan.target.kind === "undo";
  const astray = clamped.earliest + clamped.latest;
  const reached = moves - astray;
  const some = (count: number): Phrase => ({
    strong: count === all ? plural(all, "partition") : `${formatCount(count)} of ${plural(all, "partition")}`,
  });
  const verb = isUndo ? (reached === 1 ? "returns" : "return") : go(reached);
  const arrive: Phrase[] = [some(reached), ` ${verb} `, ...aim(plan, reached, now)];
  if (astray === 0) return [...arrive, "."];
  const edges = edgesOf(clamped);
  if (reached > 0) {
    const rest = isUndo ? ` can’t, and ${go(astray)} to ` : ` ${go(astray)} to `;
    return [...arrive, "; ", { strong: formatCount(astray) }, rest, ...edges, " instead."];
  }
  if (!isUndo)
    return [some(moves), ` ${go(moves)} to `, ...edges, " instead of ", ...aim(plan, moves, now), "."];
  const [who, then]: [string, string] =
    moves === 1
      ? ["1 partition can’t return", "it goes"]
      : [`0 of ${plural(moves, "partition")} can return`, "they go"];
  return [{ strong: who }, `; ${then} to `, ...edges, " instead."];
}

function edgesOf({ earliest, latest }: PlanTotals["clamped"]): Phrase[] {
  if (latest === 0) return [{ strong: "the start of the stream" }];
  if (earliest === 0) return [{ strong: "the end of the stream" }];
  return [
    { strong: "the start" },
    ` (${formatCount(earliest)}) and `,
    { strong: "the end" },
    ` (${formatCount(latest)}) of the stream`,
  ];
}

/** Where those go that can: `back to 12:00:00 UTC`, `ahead by 5 events`, `to where archive stands`. */
function aim({ target, resolvedTime, entries }: ResetPlan, count: number, now: number): Phrase[] {
  if (target.kind === "shift") {
    const { by } = target;
    return [`${by < 0 ? "back" : "ahead"} by `, { strong: plural(Math.abs(by), "event") }];
  }
  if (target.kind === "undo") {
    return ["to ", { strong: `where ${count === 1 ? "it" : "they"} stood before the reset` }];
  }
  const going = entries.filter((entry) => fateOf(entry) === "moves" && entry.clampedTo === null);
  const isSome = going.length > 0;
  const back = isSome && going.every(({ replays, skips }) => (replays ?? 0) > 0 && (skips ?? 0) === 0);
  const ahead = isSome && going.every(({ replays, skips }) => (skips ?? 0) > 0 && (replays ?? 0) === 0);
  return [back ? "back to " : ahead ? "ahead to " : "to ", ...targetPhrases(target, resolvedTime, now)];
}

/**
 * What is read and what is not. Whether an undo's events were ever read the plan can't tell: the reset that it
 * undoes may have skipped them, or those before it may have.
 */
function counts(
  { replays, skips, uncounted, moves, processedSince }: PlanTotals,
  isUndo: boolean,
): Phrase[][] {
  const unknown = `For ${uncounted === moves ? "them" : plural(uncounted, "partition")} it is not known how many events are read again or skipped.`;
  if (uncounted === moves) return [[unknown]];
  const again: Phrase[] =
    replays === 0
      ? ["No event is read again"]
      : [{ strong: plural(replays, "event") }, isUndo ? " will be read" : " will be read again"];
  const skipped: Phrase[] =
    skips === 0
      ? ["none are skipped"]
      : [
          { strong: formatCount(skips) },
          ` ${skips === 1 ? "is" : "are"} skipped${isUndo ? "" : ", never read"}`,
        ];
  const since = `${plural(processedSince, "event")} ${processedSince === 1 ? "was" : "were"} processed since that reset.`;
  return [
    [...again, "; ", ...skipped, "."],
    uncounted === 0 ? [] : [unknown],
    processedSince === 0 ? [] : [since],
  ];
}

function lost({ lost: count }: PlanTotals): Phrase[] {
  if (count === 0) return [];
  return [
    { strong: plural(count, "event") },
    ` ${count === 1 ? "was" : "were"} lost before and can’t be read.`,
  ];
}

/** Live: who keeps running, and for how long a partition has no reader; null where nothing is reset live. */
export function liveSummary({ mode, handlerSeconds, entries }: ResetPlan): string | null {
  const open = entries.filter((entry) => fateOf(entry) !== "blocked");
  if (mode !== "live" || open.length === 0) return null;
  const holds = open.flatMap(({ holds: hold }) => hold ?? []);
  const owners = new Set(holds.map(({ ownerId }) => ownerId)).size;
  const longest = Math.max(0, ...holds.map(({ seconds }) => seconds));
  const which = open.length === entries.length ? "these partitions" : "the partitions that can be reset";
  const running =
    owners === 0
      ? `nobody owns ${which} now`
      : `${plural(owners, "processor")} ${owners === 1 ? "keeps" : "keep"} running`;
  const pause =
    longest === 0
      ? ""
      : ` Each partition is without a reader for about ${formatDuration(longest)}, a few at a time.`;
  return `Live: ${running}.${pause} A handler slower than ${formatDuration(handlerSeconds)} could still write its old position over the new one.`;
}

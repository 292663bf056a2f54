import type { RequestedTarget, ResetPlan, ResetPlanEntry } from "#lib/api/resets.ts";
import { showText } from "./foreign-text.ts";
import { formatCount, formatDuration, plural } from "./format.ts";
import { localHint, utcMoment } from "./reset-time.ts";

/** A piece of a sentence: plain, stressed, or said in passing. */
export type Phrase = string | { strong: string } | { aside: string };

/** What a plan does with a partition. */
export type Fate = "moves" | "stays" | "blocked";

export function fateOf({ current, target, blockedBy }: ResetPlanEntry): Fate {
  if (blockedBy !== null || target === null) return "blocked";
  const same =
    current !== null && current.sequenceNumber === target.sequenceNumber && current.offset === target.offset;
  return same ? "stays" : "moves";
}

export interface PlanTotals extends Record<Fate, number> {
  all: number;
  /** Sums of what is known of the partitions that move. */
  replays: number;
  skips: number;
  processedSince: number;
  /** Partitions that move and of which one of both is not known. */
  uncounted: number;
}

export function planTotals({ entries }: Pick<ResetPlan, "entries">): PlanTotals {
  const totals = { all: entries.length, moves: 0, stays: 0, blocked: 0, uncounted: 0 };
  const sums = { replays: 0, skips: 0, processedSince: 0 };
  for (const entry of entries) {
    const fate = fateOf(entry);
    totals[fate] += 1;
    if (fate !== "moves") continue;
    sums.replays += entry.replays ?? 0;
    sums.skips += entry.skips ?? 0;
    sums.processedSince += entry.processedSince ?? 0;
    if (entry.replays === null || entry.skips === null) totals.uncounted += 1;
  }
  return { ...totals, ...sums };
}

/** What a target is, to stand after "to": `12:00:00 UTC (14:00 local)`, `the start of the stream`. */
export function targetPhrases(target: RequestedTarget, resolvedTime: string | null, now: number): Phrase[] {
  switch (target.kind) {
    case "earliest":
      return [{ strong: "the start of the stream" }];
    case "latest":
      return [{ strong: "the end of the stream" }];
    case "time":
      return moment(resolvedTime ?? target.value, now);
    case "ago":
      return resolvedTime === null
        ? ["where the stream stood ", { strong: `${formatDuration(target.seconds)} ago` }]
        : moment(resolvedTime, now);
    case "sequenceNumber":
      return ["the event with ", { strong: `sequence number ${formatCount(target.value)}` }];
    case "shift":
      return [{ strong: `${plural(Math.abs(target.by), "event")} ${target.by < 0 ? "before" : "after"}` }];
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

/** The pieces as one text. */
export function plainText(phrases: readonly Phrase[]): string {
  return phrases
    .map((phrase) =>
      typeof phrase === "string" ? phrase : "strong" in phrase ? phrase.strong : phrase.aside,
    )
    .join("");
}

function moment(at: string, now: number): Phrase[] {
  return [{ strong: utcMoment(at, now) }, { aside: ` (${localHint(at)})` }];
}

/** A plan in sentences: how many partitions go where, what is read again and what is skipped, what stays. */
export function planSummary(plan: ResetPlan, now: number): Phrase[] {
  const totals = planTotals(plan);
  const { all, moves, stays, blocked } = totals;
  if (moves === 0) {
    if (blocked === 0) return [`${every(all)} there already: nothing would change.`];
    const rest =
      stays === 0 ? "" : ` ${plural(stays, "partition")} ${stays === 1 ? "stands" : "stand"} there already.`;
    return [{ strong: `None of ${plural(all, "partition")} can be reset.` }, rest];
  }
  return [
    {
      strong:
        moves === all ? plural(all, "partition") : `${formatCount(moves)} of ${plural(all, "partition")}`,
    },
    ...movement(plan, moves, now),
    ". ",
    ...counts(totals),
    ...(stays === 0
      ? []
      : [` ${plural(stays, "partition")} ${stays === 1 ? "stands" : "stand"} there already.`]),
    ...(blocked === 0
      ? []
      : [
          " ",
          { strong: `${plural(blocked, "partition")} ${blocked === 1 ? "is" : "are"} blocked` },
          " and left alone.",
        ]),
  ];
}

function every(all: number): string {
  return all === 1 ? "The partition stands" : `All ${formatCount(all)} partitions stand`;
}

function movement(plan: ResetPlan, moves: number, now: number): Phrase[] {
  const { target, resolvedTime } = plan;
  const go = moves === 1 ? "goes" : "go";
  if (target.kind === "shift") {
    const { by } = target;
    return [` ${go} ${by < 0 ? "back" : "ahead"} by `, { strong: plural(Math.abs(by), "event") }];
  }
  const moving = plan.entries.filter((entry) => fateOf(entry) === "moves");
  const back = moving.every(({ replays, skips }) => (replays ?? 0) > 0 && (skips ?? 0) === 0);
  const ahead = moving.every(({ replays, skips }) => (skips ?? 0) > 0 && (replays ?? 0) === 0);
  const verb =
    target.kind === "undo"
      ? moves === 1
        ? "returns"
        : "return"
      : `${go}${back ? " back" : ahead ? " ahead" : ""}`;
  const phrases =
    target.kind === "undo" && moves === 1
      ? [{ strong: "where it stood before the reset" }]
      : targetPhrases(target, resolvedTime, now);
  return [` ${verb} to `, ...phrases];
}

function counts({ replays, skips, uncounted, moves, processedSince }: PlanTotals): Phrase[] {
  const unknown = `For ${uncounted === moves ? "them" : plural(uncounted, "partition")} it is not known how many events are read again or skipped.`;
  if (uncounted === moves) return [unknown];
  const again: Phrase[] =
    replays === 0
      ? ["No event is read again"]
      : [{ strong: plural(replays, "event") }, " will be read again"];
  const skipped: Phrase[] =
    skips === 0
      ? ["none are skipped"]
      : [{ strong: formatCount(skips) }, ` ${skips === 1 ? "is" : "are"} skipped, never read`];
  const since: Phrase[] =
    processedSince === 0
      ? []
      : [
          ` ${plural(processedSince, "event")} ${processedSince === 1 ? "was" : "were"} processed since that reset.`,
        ];
  return [...again, "; ", ...skipped, ".", ...(uncounted === 0 ? [] : [` ${unknown}`]), ...since];
}

/** Live: who keeps running, and for how long a partition has no reader; null where the plan is an offline one. */
export function liveSummary({ mode, handlerSeconds, entries }: ResetPlan): string | null {
  if (mode !== "live") return null;
  const holds = entries.flatMap(({ holds: hold }) => hold ?? []);
  const owners = new Set(holds.map(({ ownerId }) => ownerId)).size;
  const longest = Math.max(0, ...holds.map(({ seconds }) => seconds));
  const running =
    owners === 0
      ? "nobody owns these partitions now"
      : `${plural(owners, "processor")} ${owners === 1 ? "keeps" : "keep"} running`;
  const pause =
    longest === 0
      ? ""
      : ` Each partition is without a reader for about ${formatDuration(longest)}, a few at a time.`;
  return `Live: ${running}.${pause} A handler slower than ${formatDuration(handlerSeconds)} could still write its old position over the new one.`;
}

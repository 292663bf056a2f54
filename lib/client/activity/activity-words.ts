import type { Activity } from "#lib/api/history.ts";
import { groupMoveResults } from "#lib/api/plans/group-moves.ts";
import { reasonSchema, type WireReason } from "#lib/api/reason.ts";
import { moment } from "#lib/api/reasons/moment.ts";
import { type RequestedTarget, type ResetMode, type ResetResult, resetResults } from "#lib/api/resets.ts";
import { silencedPlaces, silencedRules } from "#lib/client/alerts/quiet.ts";
import { resultWordsOf } from "#lib/client/moves/group-move-words.ts";
import { kindTitle } from "#lib/client/resets/plan-kind.ts";
import { type EntryLine, type ResultCounts, stateWords } from "#lib/client/resets/reset-words.ts";
import type { Clamped } from "#lib/client/resets/target-words.ts";
import { formatCount } from "#lib/core/figures.ts";
import type { Subject } from "#lib/core/subject.ts";

export type ActivityEntry = Activity["entries"][number];

const actions: Record<string, string> = {
  reset: "Reset",
  undo: "Undo",
  move: "Move",
  moveGroups: "Move of groups",
  undoMoveGroups: "Undo of a move of groups",
  cleanup: "Clean-up",
  dismissGroup: "Group dismissed",
  configuration: "Configuration",
  acknowledgeIncident: "Incident acknowledged",
  silence: "Silence",
  endSilence: "Silence ended",
};

export function actionText({ action, details: { target } }: ActivityEntry): string {
  if (action === "reset" && isTarget(target)) return kindTitle(target);
  return actions[action] ?? action;
}

/** Whom a silence is about. Null: not about a silence. */
export function silencedText({ action, details: { hubs, groups, rules } }: ActivityEntry): string | null {
  if (action !== "silence" && action !== "endSilence") return null;
  if (typeof hubs !== "string" || typeof groups !== "string") return null;
  const what = silencedPlaces({ hub: hubs, group: groups });
  return typeof rules === "string" ? `${what}, ${silencedRules({ rule: rules })}` : what;
}

/** What an entry about alerts says in one sentence: who, what, a silence's end, and why. */
export function quietText(entry: ActivityEntry): string | null {
  const { action, actor, details } = entry;
  const { rule, until, note } = details;
  const why = typeof note === "string" && note !== "" ? `: ${note}` : "";
  if (action === "acknowledgeIncident" && typeof rule === "string")
    return `${actor} acknowledged the incident of rule ${rule}${why}`;
  const what = silencedText(entry);
  if (what === null || typeof until !== "string") return null;
  return action === "silence"
    ? `${actor} silenced ${what} until ${moment(until)}${why}`
    : `${actor} ended the silence of ${what}, which would have held until ${moment(until)}${why}`;
}

interface OutcomeWords {
  tone: "ok" | "warn" | "stop" | "rewind" | "unknown";
  word: string;
}

const resets: ReadonlySet<string> = new Set(["reset", "undo", "move", "cleanup"]);
const groupMoves: ReadonlySet<string> = new Set(["moveGroups", "undoMoveGroups"]);
const done: OutcomeWords = { tone: "ok", word: "Done" };

const outcomes: Record<string, OutcomeWords> = {
  started: { tone: "rewind", word: "Started" },
  stopped: { tone: "warn", word: "Stopped" },
  stopAsked: { tone: "warn", word: "Stop requested" },
  refused: { tone: "stop", word: "Refused" },
  overwritten: { tone: "stop", word: "Overwritten" },
  written: { tone: "ok", word: "Written late" },
};

export function outcomeWords(entry: ActivityEntry): OutcomeWords {
  const { outcome } = entry;
  if (outcome !== "done" && outcome !== "failed")
    return outcomes[outcome] ?? { tone: "unknown", word: outcome };
  if (outcome === "done" && groupMoves.has(entry.action)) return groupMoveWords(entry);
  if (outcome === "done" && !resets.has(entry.action)) return done;
  const { results } = resetFacts(entry);
  if (results.size === 0) return stateWords({ state: outcome });
  const counts = Object.fromEntries(resetResults.map((result) => [result, results.get(result) ?? 0]));
  return stateWords({ state: outcome }, counts as ResultCounts);
}

function groupMoveWords({ action, details: { groupResults } }: ActivityEntry): OutcomeWords {
  const words = resultWordsOf({ undoes: action === "undoMoveGroups" ? "" : null });
  const counts = Object.entries(isRecord(groupResults) ? groupResults : {}).filter(isCount);
  if (counts.every(([result]) => result === "moved" || result === "unchanged")) return done;
  const told = groupMoveResults.flatMap((result) => {
    const [, count] = counts.find(([name]) => name === result) ?? [];
    return count === undefined ? [] : [`${formatCount(count)} ${words[result].word.toLowerCase()}`];
  });
  return { tone: "warn", word: told.join(", ") };
}

/**
 * The actor and their identity at the issuer, whatever name they chose. Null: not recorded. For what the
 * dashboard itself saw of a reset later, whoever applied it.
 */
export function personOf({ actor, details }: ActivityEntry): { name: string; subject: Subject | null } {
  const { issuer, key } = (details.subject ?? {}) as { issuer?: unknown; key?: unknown };
  const isKnown = typeof issuer === "string" && typeof key === "string";
  const name = typeof details.appliedBy === "string" ? details.appliedBy : actor;
  return { name, subject: isKnown ? { issuer, key } : null };
}

export function isThroughTools({ details }: ActivityEntry): boolean {
  return details.via === "tool";
}

export function subjectText({ issuer, key }: Subject): string {
  return `${key} at ${issuer}`;
}

export interface ResetFacts {
  resetId: string | null;
  groupMoveId: string | null;
  target: RequestedTarget | null;
  mode: ResetMode | null;
  clamped: Clamped | null;
  message: string | null;
  results: ReadonlyMap<string, number>;
  lines: EntryLine[];
  linesNotListed: number;
}

export function resetFacts({ details }: ActivityEntry): ResetFacts {
  const { resetId, groupMoveId, target, mode, clamped, results, partitions, partitionsNotListed } = details;
  return {
    resetId: typeof resetId === "string" ? resetId : null,
    groupMoveId: typeof groupMoveId === "string" ? groupMoveId : null,
    target: isTarget(target) ? target : null,
    mode: mode === "offline" || mode === "live" ? mode : null,
    clamped: isClamped(clamped) ? clamped : null,
    message: reasonIn(details)?.message ?? null,
    results: new Map(Object.entries(isRecord(results) ? results : {}).filter(isCount)),
    lines: Array.isArray(partitions) ? partitions.flatMap(toLine) : [],
    linesNotListed: typeof partitionsNotListed === "number" ? partitionsNotListed : 0,
  };
}

/** A reason, or a plain sentence as version 0.1.0 recorded and refusals have. */
function reasonIn({ reason, message }: Record<string, unknown>): WireReason | null {
  const parsed = reasonSchema.safeParse(reason);
  if (parsed.success) return parsed.data;
  return typeof message === "string" ? { code: "recorded", message, params: { text: message } } : null;
}

const kinds: Record<RequestedTarget["kind"], true> = {
  earliest: true,
  latest: true,
  sequenceNumber: true,
  time: true,
  ago: true,
  shift: true,
  group: true,
  positions: true,
  times: true,
  undo: true,
  move: true,
  cleanup: true,
};

/** Recorded as asked for, which the API checked. For files only the kind. */
function isTarget(value: unknown): value is RequestedTarget {
  return isRecord(value) && typeof value.kind === "string" && Object.hasOwn(kinds, value.kind);
}

function isClamped(value: unknown): value is Clamped {
  return isRecord(value) && ["earliest", "latest", "all"].every((name) => typeof value[name] === "number");
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isCount(entry: [string, unknown]): entry is [string, number] {
  return typeof entry[1] === "number";
}

function toLine(value: unknown): EntryLine[] {
  if (!isRecord(value)) return [];
  const { partitionId, result, before, after, removes } = value;
  const known = resetResults.find((one): one is ResetResult => one === result);
  if (typeof partitionId !== "string" || known === undefined) return [];
  const position = (checkpoint: unknown) => {
    if (!isRecord(checkpoint)) return null;
    const { sequenceNumber } = checkpoint;
    return { sequenceNumber: typeof sequenceNumber === "number" ? sequenceNumber : null };
  };
  return [
    {
      partitionId,
      result: known,
      before: position(before),
      after: position(after),
      reason: reasonIn(value),
      live: null,
      ...(removes === true && { removes }),
    },
  ];
}

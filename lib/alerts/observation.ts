import type { AlertRule } from "#lib/api/alerts.ts";
import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { fitsPatternWithoutCase } from "#lib/core/name-pattern.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { IncidentSubject } from "#lib/history/incidents/incident-key.ts";

/** What a rule watches. */
export type Subject = IncidentSubject;

/** How a rule's condition stands with one subject after a refresh. */
export interface Observation {
  rule: AlertRule;
  subject: Subject;
  /** Null: it can't be told now, so nothing opens and nothing closes by it. */
  holds: boolean | null;
  /** Since when it has held, where that is known better than by the refresh that first saw it. */
  since: EpochMs | null;
  /** It has to be seen for so long before an incident opens. */
  forSeconds: number;
  /** The larger, the worse; compares observations of one incident. */
  measure: number;
  /** What was foreseen has happened: that is told at once, whatever was told before. */
  hasHappened?: boolean;
  /** What holds. */
  summary: Reason;
  /** The partitions that it holds for; null: it is not of single ones. */
  heldBy: readonly string[] | null;
  /** The partitions of which it can't be told now. */
  notKnown: readonly NotKnown[];
}

export interface NotKnown {
  partitionId: string;
  /** It will be known again by itself: it could not be read, or is to be looked at once more. */
  isPassing: boolean;
}

/** What one look tells of a condition. */
export type Seen = Pick<
  Observation,
  "holds" | "since" | "measure" | "summary" | "hasHappened" | "heldBy" | "notKnown"
>;

export const nothingKnown: Seen = {
  holds: null,
  since: null,
  measure: 0,
  summary: reason("nothingKnown"),
  heldBy: null,
  notKnown: [],
};

/** Whether a name fits one of the patterns, without case. */
export function matchesAny(patterns: readonly string[], name: string): boolean {
  return patterns.some((pattern) => fitsPatternWithoutCase(pattern, name));
}

import type { AlertRule } from "#lib/api/alerts.ts";
import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { fitsPatternWithoutCase } from "#lib/core/name-pattern.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { IncidentSubject } from "#lib/history/incidents/incident-key.ts";

export type Subject = IncidentSubject;

export interface Observation {
  rule: AlertRule;
  subject: Subject;
  /**
   * Null: unknown now, so nothing opens or closes. `since` is set if its begin is known better than from the
   * first refresh that saw it.
   */
  holds: boolean | null;
  since: EpochMs | null;
  forSeconds: number;
  measure: number;
  hasHappened?: boolean;
  summary: Reason;
  heldBy: readonly string[] | null;
  notKnown: readonly NotKnown[];
}

export interface NotKnown {
  partitionId: string;
  /** Expected to be known again: not read this time, or due for another observation. */
  isPassing: boolean;
}

export type Observed = Pick<
  Observation,
  "holds" | "since" | "measure" | "summary" | "hasHappened" | "heldBy" | "notKnown"
>;

export const nothingKnown: Observed = {
  holds: null,
  since: null,
  measure: 0,
  summary: reason("nothingKnown"),
  heldBy: null,
  notKnown: [],
};

export function matchesAny(patterns: readonly string[], name: string): boolean {
  return patterns.some((pattern) => fitsPatternWithoutCase(pattern, name));
}

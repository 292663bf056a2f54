import type { WireReason } from "#lib/api/reason.ts";
import { type Section, sectionPath } from "./explanation.ts";
import { reasonPath } from "./help-pages.ts";

const byKind: Record<string, Section> = {
  ok: "caughtUp",
  stop: "stop",
  stall: "stall",
  rewind: "rewind",
  warn: "warn",
  unknown: "unknown",
  lost: "lost",
  aboutToLose: "losing",
  losingUnread: "losing",
  hotPartition: "rates",
  slowConsumer: "owners",
  noCheckpoint: "lag",
  atStart: "lag",
  withoutCheckpoint: "lag",
};

/** The help's section for a finding. Findings without an entry are about an unknown lag. */
export function findingHelp(kind: string): string {
  return sectionPath(byKind[kind] ?? "dash");
}

/** Of a status it is what the group's page leads to; of another condition its code's. */
export function incidentHelp({ code, params }: WireReason): string {
  const status = code === "statusIs" ? params.status : undefined;
  return typeof status === "string" && status in byKind ? findingHelp(status) : reasonPath(code);
}

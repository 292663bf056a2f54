import { type Section, sectionPath } from "./explanation.ts";

const byKind: Record<string, Section> = {
  stop: "stop",
  stall: "stall",
  rewind: "rewind",
  warn: "warn",
  unknown: "unknown",
  lost: "lost",
  aboutToLose: "losing",
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

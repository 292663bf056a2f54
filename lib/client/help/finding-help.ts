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
};

/** Where the help says more of a finding. Those without a section of their own are about a lag that is not known. */
export function findingHelp(kind: string): string {
  return sectionPath(byKind[kind] ?? "dash");
}

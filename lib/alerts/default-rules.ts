import type { AlertRule } from "#lib/api/alerts.ts";

const everywhere = { hubs: ["*"], groups: ["*"], repeatSeconds: 4 * 3_600, channels: [] };

export const defaultRules: readonly AlertRule[] = [
  {
    ...everywhere,
    id: "about-to-lose-events",
    when: { lossWithinSeconds: 3_600 },
    forSeconds: 60,
    severity: "critical",
  },
  // A loss forecast needs to have seen retention move; this rule needs no history.
  {
    ...everywhere,
    id: "retention-nearly-used",
    when: { retentionUsed: 0.8 },
    forSeconds: 60,
    severity: "warning",
  },
  { ...everywhere, id: "stopped", when: { status: "stop" }, forSeconds: 120, severity: "critical" },
  { ...everywhere, id: "stalled", when: { status: "stall" }, forSeconds: 300, severity: "warning" },
  // Both states stop the processors or make them skip events, whatever the group's status.
  {
    ...everywhere,
    id: "checkpoint-unusable",
    when: { lagState: ["unreadable", "ahead"] },
    forSeconds: 300,
    severity: "critical",
  },
  {
    ...everywhere,
    id: "unowned-partition",
    when: { unownedSeconds: 300 },
    forSeconds: 0,
    severity: "warning",
  },
  { ...everywhere, id: "group-gone", when: { goneSeconds: 300 }, forSeconds: 0, severity: "warning" },
  { ...everywhere, id: "dashboard-blind", when: { staleSeconds: 300 }, forSeconds: 0, severity: "warning" },
];

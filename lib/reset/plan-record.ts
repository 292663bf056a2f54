export type { PlannedWrite, PlanRecord } from "#lib/history/resets/plan-record.ts";

import type { ResetRecord } from "#lib/history/resets/reset-record.ts";
import type { Containers } from "./clients.ts";
import type { OrderedRules } from "./rules.ts";
import type { Planned } from "./scenes.ts";
import type { Course } from "./world.ts";

/** Applies a plan and checks all that the rules demand. @param standing what stood there when the plan was made */
export async function carryOut(
  rules: OrderedRules,
  label: string,
  planned: Planned,
  how: Course,
  standing: Containers,
): Promise<ResetRecord | null> {
  const { world } = rules;
  // One reset of a group at a time, as the history has it.
  if (planned.record.writes.length === 0 || world.running.has(planned.target.store)) return null;
  const { reset, made } = await world.apply(planned.record, planned, how);
  rules.check(label, planned, standing, reset, made);
  return reset;
}

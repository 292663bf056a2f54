import type { GroupMoveResult, WhenRunning } from "#lib/api/plans/group-moves.ts";
import type { Reason, ReasonCode } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import type { GroupMoveEntryRecord } from "#lib/history/group-moves/group-move-record.ts";
import type { MadePlanEntry, PlanRecord } from "#lib/history/resets/plan-record.ts";
import type { EntryRecord, ResetRecord } from "#lib/history/resets/reset-record.ts";
import { isAtWork } from "#lib/reset/plan/in-the-way.ts";

const mostWarnings = 8;
const mostResets = 10;

export type Judgement = Pick<
  GroupMoveEntryRecord,
  "result" | "isRunning" | "partitions" | "reason" | "warnings"
>;

/** The partition was not begun when the dashboard ended, so its write of the plan still stands. */
const cutOff: ReadonlySet<ReasonCode> = new Set(["cutOffBefore", "dashboardStopped"]);

/**
 * Returns a group's result from its plans. A group that runs on one partition is left alone on all.
 * @param plans one of a move; of an undo, one for each reset
 */
export function judgePlans(plans: readonly PlanRecord[]): Judgement {
  const all = plans.flatMap(({ plan }) => plan.entries);
  // The blob that an undo would remove is already gone.
  const gone = all.filter(({ blockedBy }) => blockedBy?.code === "madeIsGone");
  const entries = all.filter((entry) => !gone.includes(entry));
  const writes = plans.flatMap((each) => each.writes);
  const unchanged = plans.reduce((sum, { plan }) => sum + plan.unchanged, gone.length);
  const running = whyRunning(entries);
  const withoutCheckpoint = entries.filter(({ source, blockedBy }) => source === null && blockedBy !== null);
  const blocked = entries.filter((entry) => entry.blockedBy !== null && !withoutCheckpoint.includes(entry));
  const partitions = {
    toMove: writes.length,
    blocked: blocked.length,
    unchanged,
    withoutCheckpoint: withoutCheckpoint.length,
    written: 0,
  };
  const judged = {
    isRunning: false,
    partitions,
    reason: null,
    warnings: warningsOf(
      plans.flatMap(({ plan }) => plan.warnings),
      entries,
    ),
  };
  if (running !== null) return { ...judged, result: "blocked", isRunning: true, reason: running };
  const why = blocked[0]?.blockedBy ?? null;
  if (writes.length > 0) {
    const left = why && reason("partitionsLeft", { partitions: blocked.length, because: why });
    return { ...judged, result: "ready", reason: left };
  }
  if (why !== null) {
    const whole = plans[0]?.plan.blockedBy ?? null;
    // It refers to the partitions' own reasons, which the group's result has not.
    const told =
      whole?.code === "allBlocked"
        ? reason("partitionsLeft", { partitions: blocked.length, because: why })
        : (whole ?? why);
    return { ...judged, result: "blocked", reason: told };
  }
  // Resets that wrote nothing have no undo plan.
  if (unchanged > 0 || plans.length === 0) return { ...judged, result: "unchanged" };
  return { ...judged, result: "skipped", reason: reason("nothingToMove") };
}

/** The partitions at work may be none of the plan's: an undo has only those that its reset wrote. */
function whyRunning(entries: readonly MadePlanEntry[]): Reason | null {
  const all = entries.flatMap(({ blockedBy }) => (blockedBy === null ? [] : [blockedBy]));
  const running = all.filter((each) => each.code === "sourceInTheWay" || isAtWork(each));
  const [because] = running;
  if (because !== undefined) return reason("groupRunning", { partitions: running.length, because });
  return all.find(({ code }) => code === "groupRunning") ?? null;
}

function warningsOf(ofPlan: readonly Reason[], entries: readonly MadePlanEntry[]): Reason[] {
  const byKind = new Map<string, Reason>();
  for (const warning of [...ofPlan, ...entries.flatMap(({ warnings }) => warnings)]) {
    const kind = kindOf(warning);
    if (!byKind.has(kind)) byKind.set(kind, warning);
  }
  return [...byKind.values()].slice(0, mostWarnings);
}

/** What is true of one and not of the other makes its sentence another: which checkpoint Azure Functions reads. */
function kindOf({ code, params }: Reason): string {
  const truths = Object.entries(params).filter(([, value]) => typeof value === "boolean");
  return [code, ...truths.map((each) => each.join("="))].join(" ");
}

export function atBegin(entry: GroupMoveEntryRecord, whenRunning: WhenRunning): GroupMoveResult {
  if (entry.result !== "blocked") return entry.result;
  return entry.isRunning && whenRunning === "wait" ? "waiting" : "skipped";
}

/**
 * `goOnWith`: a dashboard ended amid the reset, and the writes of these partitions are still to be made.
 * `left` counts the writes that were not made.
 */
export type AfterReset =
  | { goOnWith: string[]; written: number }
  | { goOnWith: null; judged: Judgement; left: number };

export function judgeReset(
  reset: Pick<ResetRecord, "entries" | "reason">,
  entry: GroupMoveEntryRecord,
  { whenRunning, resets }: { whenRunning: WhenRunning; resets: number },
): AfterReset {
  const writes = reset.entries.filter(({ write }) => write !== null);
  const written = entry.partitions.written + writes.filter(({ result }) => result === "written").length;
  const left = writes.filter(({ result }) => result !== "written");
  const rest = left.filter(isCutOff);
  if (rest.length > 0 && resets < mostResets)
    return { goOnWith: rest.map(({ partitionId }) => partitionId), written };
  const partitions = { ...entry.partitions, written };
  const judged = { isRunning: false, partitions, warnings: entry.warnings };
  const told = left[0]?.reason ?? reset.reason;
  if (left.length === 0) {
    const result = entry.partitions.blocked > 0 ? "partly" : "moved";
    return { goOnWith: null, left: 0, judged: { ...judged, result, reason: entry.reason } };
  }
  // The group runs again since the review, so each write would conflict.
  if (whenRunning === "wait" && written === 0 && left.every(({ result }) => result === "conflict"))
    return {
      goOnWith: null,
      left: left.length,
      judged: { ...judged, result: "waiting", isRunning: true, reason: told },
    };
  const because = rest.length > 0 ? reason("triedTooOften", { resets }) : told;
  if (written === 0)
    return { goOnWith: null, left: left.length, judged: { ...judged, result: "failed", reason: because } };
  const partitionsLeft = left.length + entry.partitions.blocked;
  return {
    goOnWith: null,
    left: left.length,
    judged: {
      ...judged,
      result: "partly",
      reason: because && reason("partitionsLeft", { partitions: partitionsLeft, because }),
    },
  };
}

function isCutOff({ result, reason: why }: EntryRecord): boolean {
  return result === "skipped" && why !== null && cutOff.has(why.code);
}

/** The part of a plan that a cut-off reset left: the same writes, each still under its condition. */
export function restOf(
  { plan, address, createdOn, writes }: PlanRecord,
  planId: string,
  ids: readonly string[],
): PlanRecord {
  const isLeft = ({ partitionId }: { partitionId: string }) => ids.includes(partitionId);
  return {
    plan: { ...plan, planId, entries: plan.entries.filter(isLeft) },
    address,
    createdOn,
    writes: writes.filter(isLeft),
  };
}

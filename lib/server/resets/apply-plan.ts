import { operationOf } from "#lib/api/reasons/operation.ts";
import { sentenceOf } from "#lib/api/reasons/reason.ts";
import type { ApplyRequest } from "#lib/api/resets.ts";
import type { AskedGroup } from "#lib/core/addresses.ts";
import { hubAddress } from "#lib/core/addresses.ts";
import { AppError } from "#lib/core/app-error.ts";
import { isSameName } from "#lib/core/name-pattern.ts";
import { retry } from "#lib/core/pause.ts";
import { subjectDetails } from "#lib/core/subject.ts";
import { type EpochMs, toIso } from "#lib/core/time.ts";
import type { History } from "#lib/history/history.ts";
import type { Begun } from "#lib/history/resets/begin-reset.ts";
import type { MadePlan, SavedPlan } from "#lib/history/resets/plan-record.ts";
import type { ResetHead, ResetRecord } from "#lib/history/resets/reset-record.ts";
import { needSameContainer } from "#lib/reset/group/same-container.ts";
import type { Caller } from "#lib/server/access/caller.ts";
import type { ChangedHubs } from "./changed-hubs.ts";
import { begunActivity, refusedActivity } from "./reset-activity.ts";
import type { ResetPlaces } from "./reset-places.ts";

const beginTries = 3;
const beginRetryMs = 200;

export interface Application {
  address: AskedGroup;
  request: ApplyRequest;
  caller: Caller;
  begin: { resetId: string; instance: string; now: EpochMs };
  isLivePossible: boolean;
  changedHubs: ChangedHubs;
}

/**
 * Begins a plan's reset: locks the group and stores its partitions as pending. Refusals are recorded in the
 * activity.
 * @throws AppError `planGone`, `invalidRequest`, `conflict`, `resetRunning`, `notFound`, `historyUnavailable`
 */
export async function applyPlan(
  history: History,
  places: ResetPlaces,
  application: Application,
): Promise<ResetRecord> {
  const { address, request, caller, begin } = application;
  const asked: Asked = { plan: null };
  try {
    await check(history, places, application, asked);
    const begun = await beginPatiently(history, application);
    if (begun.result === "begun") return begun.reset;
    throw begun.result === "running" ? running(begun.reset) : gone(begun);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { hub, group } = address;
    const { planId } = request;
    const refusal = { hub, group, actor: caller.name, error, planId, ...asked };
    const entry = refusedActivity(refusal, begin.now);
    const details = { ...entry.details, ...subjectDetails(caller) };
    await history.appendActivity({ ...entry, details }).catch(() => {});
    throw error;
  }
}

interface Asked {
  plan: MadePlan | null;
}

async function check(
  history: History,
  places: ResetPlaces,
  application: Application,
  asked: Asked,
): Promise<void> {
  const { address, request, caller, begin, isLivePossible, changedHubs } = application;
  const saved = await history.resets.plan(request.planId);
  // Don't reveal that somebody else's plan exists.
  if (saved === null || saved.ownerKey !== caller.key) throw gone({ why: "unknown", resetId: null });
  asked.plan = saved.plan;
  if (saved.resetId !== null) throw gone({ why: "applied", resetId: saved.resetId });
  if (saved.expiresAt <= begin.now) throw gone({ why: "expired", resetId: null });
  const { plan } = saved;
  changedHubs.check(plan);
  if (!isOf(address, saved)) {
    throw new AppError(
      "invalidRequest",
      "That plan is for another consumer group or store: preview one for this.",
    );
  }
  if (!isSameName(request.confirm.trim(), plan.group)) {
    throw new AppError("invalidRequest", `confirm must be the consumer group's name, ${plan.group}.`);
  }
  if (plan.blockedBy !== null || saved.writes.length === 0) {
    const operation = operationOf(plan);
    const why =
      plan.blockedBy === null
        ? `Every ${operation.entry} is blocked: read each one's reason in the plan.`
        : sentenceOf(plan.blockedBy, operation);
    throw new AppError("conflict", `This plan is blocked, and nothing was written. ${why}`);
  }
  if (plan.mode === "live" && !isLivePossible) {
    throw new AppError("conflict", "This dashboard resets groups that are stopped only: preview it offline.");
  }
  const place = places.findTarget({ hub: plan.hub, group: plan.group, store: plan.store });
  if (hubAddress(place) !== saved.address) {
    throw new AppError("conflict", `The id ${plan.hub} stands for another event hub now. Make a new plan.`);
  }
  needSameContainer(saved.writes, place, "Make a new plan.");
}

function isOf({ hub, group, store }: AskedGroup, { plan }: SavedPlan): boolean {
  const isStore = store === undefined || store === plan.store;
  return hub === plan.hub && isSameName(group, plan.group) && isStore;
}

/** Repeats a begin with a lost answer, which is the same begin. */
async function beginPatiently(history: History, { request, caller, begin }: Application): Promise<Begun> {
  const { planId } = request;
  const asked = {
    ...begin,
    planId,
    actor: caller.name,
    ...subjectDetails(caller),
    activity: (reset: ResetRecord) => {
      const entry = begunActivity(reset);
      return { ...entry, details: { ...entry.details, ...subjectDetails(caller) } };
    },
  };
  return retry(() => history.resets.begin(asked), {
    tries: beginTries,
    pauseMs: (tries) => beginRetryMs * tries,
  });
}

function running({ id, group, actor, startedAt }: ResetHead): AppError {
  return new AppError(
    "resetRunning",
    `${actor} has been resetting the consumer group ${group} since ${toIso(startedAt)} (reset ${id}). Wait until that ends, then make a new plan.`,
  );
}

function gone({
  why,
  resetId,
}: {
  why: "unknown" | "expired" | "applied";
  resetId: string | null;
}): AppError {
  const what = {
    unknown: "There is no such plan of yours: plans live for ten minutes.",
    expired: "The plan has expired: plans live for ten minutes.",
    applied: `The plan was applied already, by the reset ${resetId}.`,
  };
  return new AppError("planGone", `${what[why]} Make a new one.`);
}

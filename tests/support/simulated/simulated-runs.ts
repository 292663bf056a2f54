import { expect } from "vitest";
import { reason, sentenceOf } from "#lib/api/reasons/reason.ts";
import { defaultLiveSettings } from "#lib/reset/group/live-pace.ts";
import { type LiveLimits, limitsOf } from "#lib/reset/live/limits.ts";
import { recovered } from "#lib/reset/live/recover/recovered.ts";
import { type EndedState, initialState, type WaitingState } from "#lib/reset/live/state.ts";
import type { Script } from "./live-script.ts";
import { endOf } from "./live-states.ts";
import { SimulatedPartition } from "./simulated-partition.ts";

export const own = "tidemark-own";
const ten = 600_000;

export const calm: Script = {
  before: 1_000,
  target: 499,
  last: 2_000,
  perSecond: 0,
  handlerMs: 900,
  batch: 20,
  queued: 3,
  returnsAfterMs: 700,
  isSameOwner: true,
  storageDown: { fromMs: 0, forMs: 0 },
  storageFaults: new Map(),
  thrownOutAtMs: null,
  connectionLostAtMs: null,
  stolenAtMs: null,
  stoppedAtMs: null,
  higherLevel: null,
  othersHeldUntilMs: 0,
};

export function limits(changes: Partial<LiveLimits> = {}): LiveLimits {
  const pace = { handlerSeconds: 1, checkpointSeconds: null, expirationSeconds: 10 };
  return { ...limitsOf({ ...defaultLiveSettings, leastQuietSeconds: 2 }, pace), ...changes };
}

export function start({ target, last }: Script, isForward = false): WaitingState {
  const about = { wave: 1, ownerId: own, target, hasUnread: last > target };
  return initialState({ ...about, isForward, isAhead: isForward }, 0);
}

export function runAll(script: Script, over: Partial<LiveLimits> = {}, untilMs = ten) {
  const world = new SimulatedPartition(script);
  const end = world.run(start(script), limits(over), { type: "start" }, untilMs);
  return { world, end: endOf(end, world.log) };
}

export function runKilled(script: Script, killAtMs: number, over: Partial<LiveLimits> = {}) {
  const world = new SimulatedPartition(script);
  const before = world.run(start(script), limits(over), { type: "start" }, ten, killAtMs);
  if (before.step === "ended") return { world, end: before };
  world.kill();
  world.idle(4_000);
  const claim = world.ownership.ownerId === own ? String(world.ownership.etag) : null;
  const stored = recovered(before, claim, reason("cutOffAmid"), { now: world.now, limits: limits(over) });
  const end = world.run(stored, limits(over), { type: "tick" }, world.now + ten);
  return { world, end: endOf(end, world.log) };
}

export function isSafe(script: Script, { world, end }: { world: SimulatedPartition; end: EndedState }): void {
  const why = end.end.reason;
  const told = `${end.end.result}: ${why === null ? null : sentenceOf(why)}\n${world.log.join("\n")}`;
  expect(world.fence, told).toBe(false);
  // The ownership is given back, or left to expire when the storage is away for longer than the retries.
  const { storageDown, storageFaults, stoppedAtMs } = script;
  const isTried =
    storageDown.forMs < 25_000 && (stoppedAtMs === null || storageDown.forMs + storageFaults.size === 0);
  if (isTried) expect(world.ownership.ownerId, told).not.toBe(own);
  if (end.end.result !== "written") return;
  const standing = world.checkpoint?.sequenceNumber ?? -2;
  const { target } = script;
  const hasResumed = world.starts.includes(target + 1);
  const isOurs = world.checkpoint?.isOurs === true;
  // The checkpoint is ours, or somebody's who began at ours. A processor that never left may have passed a
  // target ahead.
  expect(isOurs || hasResumed || (standing >= target && target >= (script.before ?? -1)), told).toBe(true);
}

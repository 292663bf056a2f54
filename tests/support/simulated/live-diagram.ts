import { join } from "node:path";
import { type LiveStep, liveSteps } from "#lib/api/plans/live-progress.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import type { LiveLimits } from "#lib/reset/live/limits.ts";
import { knownOf, type LiveState, openEndsOf } from "#lib/reset/live/state.ts";
import { nextTurn } from "#lib/reset/live/table.ts";
import type {
  LiveEffect,
  LiveEvent,
  LiveEventType,
  PartitionObservation,
} from "#lib/reset/live/watch/signals.ts";
import { calm, limits, own, start } from "./simulated-runs.ts";

/** One pause is longer than every interval, another than the limit of all. */
const pause = 100;
const long = 1_000_000;
const short: LiveLimits = limits({
  renewMs: 50,
  claimRounds: 2,
  claimPauseMs: 50,
  quietMs: 50,
  overallMs: long,
  releaseMs: 50,
  ownerMs: 50,
  moveMs: 50,
  jumpMs: 50,
  retakes: 1,
  doubtMs: 50,
  hurryMs: 50,
});
const [target, old] = [499, 1_000];
const because = reason("notLookedAt");

const checkpoints: PartitionObservation["checkpoint"][] = [
  null,
  { etag: "ours", sequenceNumber: target, isOurs: true, writtenBy: null },
  { etag: "before", sequenceNumber: target - 100, isOurs: false, writtenBy: null },
  { etag: "between", sequenceNumber: target + 100, isOurs: false, writtenBy: null },
  { etag: "past", sequenceNumber: old, isOurs: false, writtenBy: null },
  { etag: "later", sequenceNumber: target, isOurs: false, writtenBy: "tidemark/another/0" },
];
const ownerships: PartitionObservation["ownership"][] = [
  null,
  { etag: "held", ownerId: own },
  { etag: "released", ownerId: "" },
  { etag: "new", ownerId: "new" },
];

function answersTo(effect: LiveEffect): LiveEvent[] {
  switch (effect.do) {
    case "claim":
      return [
        { type: "claimed", etag: "held", previous: "old" },
        { type: "claimed", etag: "held", previous: null },
        { type: "claimRefused", because },
        { type: "claimFailed", because },
        { type: "claimFailed", because, isFinal: true },
      ];
    case "renew":
      return [{ type: "renewed", etag: "held" }, { type: "renewFailed" }, { type: "ousted", because }];
    case "attach":
      return [
        { type: "attached" },
        { type: "refused", ownerLevel: 5, detail: "" },
        { type: "attachFailed", because, isClean: true },
        { type: "attachFailed", because, isClean: false },
      ];
    case "write":
      return [
        { type: "written" },
        { type: "writeRefused" },
        { type: "writeLost" },
        { type: "writeFailed", reason: because },
      ];
    case "close":
    case "clearLevel":
      return [
        { type: "closed", isClean: true },
        { type: "closed", isClean: false },
      ];
    case "release":
      return [{ type: "released", etag: "released" }, { type: "releaseFailed" }, { type: "ousted", because }];
    case "observe":
      return [];
  }
}

interface Scene {
  state: LiveState;
  now: number;
  pending: LiveEffect[];
}

interface Happening {
  event: LiveEvent;
  afterMs: number;
  answers?: LiveEffect;
}

function happeningsIn({ state, now, pending }: Scene): Happening[] {
  if (state.step === "waiting") {
    return [{ type: "start" } as const, breakOff(false)].map((event) => ({ event, afterMs: 1 }));
  }
  const happenings: Happening[] = [pause, long].map((afterMs) => ({ event: { type: "tick" }, afterMs }));
  for (const checkpoint of checkpoints)
    for (const ownership of ownerships)
      for (const afterMs of [1, pause]) {
        const observation = { askedAt: now + afterMs, checkpoint, ownership, othersHeld: false };
        happenings.push({ event: { type: "observed", observation }, afterMs });
      }
  for (const effect of pending)
    for (const event of answersTo(effect))
      for (const afterMs of [1, pause]) happenings.push({ event, afterMs, answers: effect });
  const untold: LiveEvent[] = [breakOff(false), breakOff(true)];
  if (openEndsOf(state).fence === "attached") {
    untold.push({ type: "streamEnd", sequenceNumber: old });
    for (const byReader of [true, false]) untold.push({ type: "fenceLost", byReader, detail: "" });
  }
  return [...happenings, ...untold.map((event) => ({ event, afterMs: 1 }))];
}

function breakOff(isHurried: boolean): LiveEvent {
  return { type: "breakOff", reason: because, isHurried };
}

function keyOf({ state, now, pending }: Scene): string {
  const { hasStood, retakes, owner, heldOff, jump, broken } = knownOf(state);
  const { claim, claimDoubtUntil, fence, leftLevel, wasCleared, ...ends } = openEndsOf(state);
  const isDue = (at: number | null) => at !== null && at <= now;
  return [
    state.step,
    [hasStood, retakes, owner === null, heldOff === null, jump?.by, broken?.isHurried],
    [claim === null, claimDoubtUntil, ends.doubtUntil, ends.releasedEtag].map((each) =>
      typeof each === "number" ? isDue(each) : each,
    ),
    [fence, leftLevel && !wasCleared, ends.awaiting],
    "claimTries" in state ? state.claimTries : 0,
    pending.map((effect) => effect.do).toSorted(),
  ].join();
}

function next({ state, now, pending }: Scene, { event, afterMs, answers }: Happening): Scene {
  const at = now + afterMs;
  const turn = nextTurn(state, event, { now: at, limits: short });
  const asked = turn.effects.filter((effect) => effect.do !== "observe");
  return { state: turn.state, now: at, pending: [...pending.filter((one) => one !== answers), ...asked] };
}

type Ways = Map<`${LiveStep} --> ${LiveStep}`, Set<LiveEventType>>;

/** Takes every event in every scene that the machine can come to, and notes which step it leads to. */
function waysOfTheMachine(): Ways {
  const ways: Ways = new Map();
  const open: Scene[] = [true, false].map((isForward) => ({
    state: start({ ...calm, target }, isForward),
    now: 0,
    pending: [],
  }));
  const known = new Set<string>();
  for (let scene = open.pop(); scene !== undefined; scene = open.pop()) {
    for (const happening of happeningsIn(scene)) {
      const after = next(scene, happening);
      const { step } = scene.state;
      if (after.state.step !== step) {
        const way = `${step} --> ${after.state.step}` as const;
        ways.set(way, (ways.get(way) ?? new Set()).add(happening.event.type));
      }
      const key = keyOf(after);
      if (after.state.step === "ended" || known.has(key)) continue;
      known.add(key);
      open.push(after);
    }
  }
  return ways;
}

export const liveReadme = join(import.meta.dirname, "../../../lib/reset/live", "README.md");

export function withDiagram(text: string): string {
  return text.replace(/```mermaid\n.*?\n```/s, liveDiagram());
}

function liveDiagram(): string {
  const ways = waysOfTheMachine();
  const lines = liveSteps.flatMap((from) =>
    liveSteps.flatMap((to) => {
      const events = ways.get(`${from} --> ${to}`);
      return events === undefined ? [] : [`  ${from} --> ${to}: ${[...events].toSorted().join(", ")}`];
    }),
  );
  return ["```mermaid", "stateDiagram-v2", "  [*] --> waiting", ...lines, "  ended --> [*]", "```"].join(
    "\n",
  );
}

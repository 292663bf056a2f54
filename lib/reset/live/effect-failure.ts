import type { Reason } from "#lib/api/reasons/catalogue.ts";
import type { LiveEffect, LiveEvent } from "#lib/reset/live/watch/signals.ts";
import type { LiveState } from "./state.ts";
import type { Turn } from "./turn.ts";

/** Returns the event for an effect that failed. @param wasNotSent the request never left */
export function answerOf(effect: LiveEffect, because: Reason, wasNotSent: boolean): LiveEvent | null {
  switch (effect.do) {
    case "claim":
      return { type: wasNotSent ? "claimRefused" : "claimFailed", because };
    case "write":
      return { type: wasNotSent ? "writeRefused" : "writeLost" };
    case "renew":
      return { type: "renewFailed" };
    case "release":
      return { type: "releaseFailed" };
    case "attach":
      return { type: "attachFailed", because, isClean: wasNotSent };
    case "close":
    case "clearLevel":
      return { type: "closed", isClean: false };
    case "observe":
      return null;
  }
}

const beginnings: ReadonlySet<LiveEffect["do"]> = new Set(["claim", "attach", "write", "renew"]);

/** Drops effects that may not begin because their step is not stored. Releases go on. */
export function withoutBeginnings({ state, effects }: Turn): Turn {
  const dropped = new Set(effects.map((effect) => effect.do).filter((kind) => beginnings.has(kind)));
  return { state: unbegun(state, dropped), effects: effects.filter((effect) => !beginnings.has(effect.do)) };
}

function unbegun(state: LiveState, dropped: ReadonlySet<LiveEffect["do"]>): LiveState {
  const kept = dropped.has("renew") && "isRenewing" in state ? { ...state, isRenewing: false } : state;
  if (kept.step === "claiming" && dropped.has("claim")) return { ...kept, awaiting: null };
  if (kept.step === "fencing" && dropped.has("attach")) return { ...kept, fence: "none" };
  if (kept.step === "writing" && dropped.has("write")) return { ...kept, awaiting: null };
  return kept;
}

import type { Reason } from "#lib/api/reasons/catalogue.ts";
import type { LiveEffect, LiveEvent } from "#lib/reset/live/watch/signals.ts";
import { type Turn, turn } from "./turn.ts";

/** What the machine is told of an effect that ended without an answer of its own. @param wasNotSent nothing was asked of anybody */
export function answerOf(effect: LiveEffect, because: Reason, wasNotSent: boolean): LiveEvent | null {
  switch (effect.do) {
    case "claim":
      return { type: wasNotSent ? "claimLost" : "claimFailed", because };
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
    case "look":
      return null;
  }
}

const beginnings: ReadonlySet<LiveEffect["do"]> = new Set(["claim", "attach", "write", "renew"]);

/** What could not be stored is not begun; giving back goes on. */
export function withoutBeginnings({ state, effects }: Turn): Turn {
  const dropped = new Set(effects.map((effect) => effect.do).filter((kind) => beginnings.has(kind)));
  return turn(
    state,
    {
      ...(dropped.has("claim") || dropped.has("write") ? { awaiting: null } : {}),
      ...(dropped.has("attach") ? { fence: "none" as const } : {}),
      ...(dropped.has("renew") ? { isRenewing: false } : {}),
    },
    ...effects.filter((effect) => !beginnings.has(effect.do)),
  );
}

import type { Activity } from "#lib/api/history.ts";
import type { RequestedTarget, ResetMode } from "#lib/api/resets.ts";

export type ActivityEntry = Activity["entries"][number];

const actions: Record<string, string> = {
  "reset.preview": "Planned a reset",
  "reset.apply": "Applied a reset",
  "reset.undo": "Planned an undo",
  "reset.end": "Reset ended",
};

/** What was done, in words; an action that this page does not know stands as it is recorded. */
export function actionText({ action }: ActivityEntry): string {
  return actions[action] ?? action;
}

const outcomes: Record<string, { tone: "ok" | "warn" | "stop" | "rewind"; word: string }> = {
  done: { tone: "ok", word: "Done" },
  running: { tone: "rewind", word: "Started" },
  started: { tone: "rewind", word: "Started" },
  partial: { tone: "warn", word: "Done in part" },
  failed: { tone: "stop", word: "Failed" },
  refused: { tone: "stop", word: "Refused" },
};

/** How it went; what this page does not know stands as it is recorded. */
export function outcomeWords({ outcome }: ActivityEntry): {
  tone: "ok" | "warn" | "stop" | "rewind" | "unknown";
  word: string;
} {
  return outcomes[outcome] ?? { tone: "unknown", word: outcome };
}

/** What the entry's details say of a reset, as far as they say it. Details are whatever was recorded. */
export interface ResetFacts {
  resetId: string | null;
  target: RequestedTarget | null;
  mode: ResetMode | null;
  message: string | null;
}

const kinds: ReadonlySet<unknown> = new Set<RequestedTarget["kind"]>([
  "earliest",
  "latest",
  "sequenceNumber",
  "time",
  "ago",
  "shift",
  "group",
  "positions",
  "times",
  "undo",
]);

export function resetFacts({ details }: ActivityEntry): ResetFacts {
  const { resetId, target, mode, message } = details;
  return {
    resetId: typeof resetId === "string" ? resetId : null,
    target: isTarget(target) ? target : null,
    mode: mode === "offline" || mode === "live" ? mode : null,
    message: typeof message === "string" ? message : null,
  };
}

/** Of the shape that it was asked for with; the history keeps what the API's schema has let through. */
function isTarget(value: unknown): value is RequestedTarget {
  return typeof value === "object" && value !== null && "kind" in value && kinds.has(value.kind);
}

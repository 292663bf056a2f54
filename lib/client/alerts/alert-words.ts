import type { AlertCondition, AlertRule, Delivery, Incident } from "#lib/api/alerts.ts";
import type { WireReason } from "#lib/api/reason.ts";
import type { LagState, Status } from "#lib/api/status.ts";
import { formatCount, formatDuration, formatShare } from "#lib/client/format/format.ts";
import { statusNames } from "#lib/client/lag/status-words.ts";

const lagStateNames: Record<LagState, string> = {
  ok: "within the stream",
  empty: "empty",
  noCheckpoint: "without a checkpoint",
  behindRetention: "overtaken by retention",
  ahead: "ahead of the stream",
  unreadable: "unreadable",
  unknown: "not known",
};

function statusText(status: Status): string {
  if (status === "unknown" || status === "stop") return statusNames[status];
  return `${statusNames[status]} or worse`;
}

export function conditionText(when: AlertCondition): string {
  if ("status" in when) return statusText(when.status);
  if ("lagState" in when)
    return `a partition ${when.lagState.map((state) => lagStateNames[state]).join(" or ")}`;
  if ("lag" in when) return `lag of ${formatCount(when.lag)} events or more`;
  if ("lagSeconds" in when) return `time lag of ${formatDuration(when.lagSeconds)} or more`;
  if ("retentionUsed" in when) return `${formatShare(when.retentionUsed)} of the retention used or more`;
  if ("lossWithinSeconds" in when)
    return `events lost within ${formatDuration(when.lossWithinSeconds)}, or lost already`;
  if ("unownedSeconds" in when)
    return `a partition without an owner for ${formatDuration(when.unownedSeconds)}`;
  if ("goneSeconds" in when) return `all blobs deleted for ${formatDuration(when.goneSeconds)}`;
  return `figures that could not be read for ${formatDuration(when.staleSeconds)}`;
}

/** Whether an incident's worst tells more than its head: another reason, or a figure that differs by a tenth. */
export function tellsMore(worst: WireReason, head: WireReason): boolean {
  const names = new Set([...Object.keys(worst.params), ...Object.keys(head.params)]);
  return (
    worst.code !== head.code || [...names].some((name) => !isAbout(worst.params[name], head.params[name]))
  );
}

function isAbout(a: unknown, b: unknown): boolean {
  if (typeof a !== "number" || typeof b !== "number") return JSON.stringify(a) === JSON.stringify(b);
  return Math.abs(a - b) < Math.max(Math.abs(a), Math.abs(b)) / 10 || a === b;
}

export function scopeText({ hubs, groups, when }: AlertRule): string {
  const named = (patterns: readonly string[], one: string) =>
    patterns.includes("*") ? `every ${one}` : patterns.join(", ");
  if ("staleSeconds" in when) return named(hubs, "event hub");
  return `${named(groups, "group")} on ${named(hubs, "event hub")}`;
}

export function paceText({ forSeconds, repeatSeconds }: AlertRule): string {
  const held = forSeconds === 0 ? "at once" : `after ${formatDuration(forSeconds)}`;
  return repeatSeconds === null ? held : `${held}, again every ${formatDuration(repeatSeconds)}`;
}

/** Why an incident ended before its condition did. */
export const endings: Record<Exclude<Incident["closedBy"], null | "recovered">, string> = {
  gone: "the group was gone",
  rule: "the rule was removed",
};

export function deliveryText({ state, tries, error }: Delivery): string {
  if (state === "sent") {
    const sent = tries === 1 ? "Sent" : `Sent on the ${ordinal(tries)} try`;
    return error === null ? sent : `${sent}. ${error}`;
  }
  if (state === "failed")
    return `Given up after ${tries === 1 ? "1 try" : `${tries} tries`}. ${error ?? ""}`.trim();
  return tries === 0
    ? "Waiting"
    : `Tried ${tries === 1 ? "once" : `${tries} times`}, still trying. ${error ?? ""}`.trim();
}

function ordinal(count: number): string {
  const tail = count % 100 > 10 && count % 100 < 14 ? "th" : (["th", "st", "nd", "rd"][count % 10] ?? "th");
  return `${count}${tail}`;
}

import type { RequestedTarget, ResetPlan } from "#lib/api/resets.ts";
import { pathWith } from "#lib/client/url/parsers.ts";
import { cleanupPath, consumerGroupPath, resetPath } from "#lib/client/url/paths.ts";
import { formatRanges } from "#lib/core/figures.ts";
import { moveAgainPath } from "../moves/move-url.ts";
import { kindOf } from "./plan-kind.ts";
import { askedPartitions } from "./plan-totals.ts";
import type { ResetUrl } from "./reset-choice.ts";
import { type Ago, agoUnits, resetParsers } from "./reset-url.ts";

export function chooseAgainPath(plan: ResetPlan): string {
  const { hub, group, store, target, mode, handlerSeconds } = plan;
  if (target.kind === "move") return moveAgainPath(plan, target);
  if (target.kind === "cleanup") return cleanupPath(hub, group, store);
  if (kindOf(target) !== "reset") return consumerGroupPath(hub, group, store);
  return pathWith(resetPath(hub, group, store), resetParsers, {
    partitions: formatRanges(askedPartitions(plan)),
    mode,
    ...(handlerSeconds === null ? {} : { handler: handlerSeconds }),
    ...targetUrl(target),
  });
}

function targetUrl(target: RequestedTarget): Partial<ResetUrl> {
  switch (target.kind) {
    case "earliest":
    case "latest":
      return { target: target.kind };
    case "time":
      return { target: "time", at: Date.parse(target.value) };
    case "ago":
      return { target: "ago", ago: toAgo(target.seconds) };
    case "sequenceNumber":
      return { target: "sequenceNumber", sequence: target.value };
    case "shift":
      return { target: "shift", shift: target.by };
    case "group":
      return { target: "group", from: target.name, fromStore: target.store ?? null };
    // An imported file's content is only in the plan.
    case "positions":
    case "times":
      return { target: "file" };
    case "move":
    case "cleanup":
    case "undo":
      return {};
  }
}

function toAgo(seconds: number): Ago {
  const unit = (["d", "h", "m", "s"] as const).find((one) => seconds % agoUnits[one] === 0) ?? "s";
  return { amount: Math.round(seconds / agoUnits[unit]), unit };
}

import { formatDuration, plural } from "#lib/client/format/format.ts";
import type { PlanWatch } from "./plan-watch.ts";

export function waitsFor({ owners, waiting }: PlanWatch): string {
  const partitions = plural(waiting.length, "partition");
  if (owners.length === 0) return `${partitions} can’t be written yet.`;
  const one = owners.length === 1;
  return `${plural(owners.length, "processor")} still ${one ? "owns" : "own"} ${partitions}: stop ${one ? "it" : "them"}.`;
}

export function countdown({ owners, isAwaitingOwner, allFreeAt }: PlanWatch, now: number): string {
  if (allFreeAt === null) return "";
  const left = Math.ceil((allFreeAt - now) / 1_000);
  if (left <= 0) return "Checking…";
  if (owners.length > 0) return `Free in ${formatDuration(left)} if nothing is renewed.`;
  const sooner = isAwaitingOwner ? ", or once a processor owns it again" : "";
  return `Free in ${formatDuration(left)} if no checkpoint moves${sooner}.`;
}

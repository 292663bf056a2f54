import type { WireReason } from "#lib/api/reason.ts";
import { plural } from "#lib/client/format/format.ts";
import { parseRanges } from "#lib/client/lag/partition-ranges.ts";
import { rangesNamed } from "#lib/core/figures.ts";

export interface Alike {
  reason: WireReason;
  partitionIds: string[];
  isSame: boolean;
}

export interface Given {
  partitionId: string;
  reason: WireReason;
}

/**
 * Equal for reasons that differ only in names and figures: their codes and those of nested reasons, and what is true
 * of one and not of the other, since its sentence says something else.
 */
export function kindOf(reason: WireReason): string {
  const { code, message, params } = reason;
  if (code === "recorded") return message;
  const error = typeof params.errorCode === "string" ? [params.errorCode] : [];
  const truths = Object.entries(params).flatMap(([name, value]) =>
    typeof value === "boolean" ? [`${name}=${value}`] : [],
  );
  return [code, ...error, ...truths, ...within(reason).map(kindOf)].join(" ");
}

export function kindsIn(reason: WireReason): string[] {
  return [kindOf(reason), ...within(reason).flatMap(kindsIn)];
}

function within({ params }: WireReason): WireReason[] {
  return Object.values(params).flat().filter(isReason);
}

function isReason(value: unknown): value is WireReason {
  return typeof value === "object" && value !== null && "code" in value && "params" in value;
}

/** So many are told at once. */
export const mostAlike = 4;

/** One for each kind and whom it names; for each kind alone where that would be too many. */
export function groupAlike(given: readonly Given[]): Alike[] {
  const byWhom = grouped(given, (reason) => [kindOf(reason), ...whomIn(reason)].join(" "));
  return byWhom.length <= mostAlike ? byWhom : grouped(given, kindOf);
}

function whomIn(reason: WireReason): string[] {
  const { ownerId, writer } = reason.params;
  const named = [ownerId, writer].filter((id) => typeof id === "string");
  return [...named, ...within(reason).flatMap(whomIn)];
}

function grouped(given: readonly Given[], keyOf: (reason: WireReason) => string): Alike[] {
  const kinds = new Map<string, Alike>();
  for (const { partitionId, reason } of given) {
    const kind = keyOf(reason);
    const known = kinds.get(kind);
    if (known === undefined) kinds.set(kind, { reason, partitionIds: [partitionId], isSame: true });
    else {
      known.partitionIds.push(partitionId);
      known.isSame &&= known.reason.message === reason.message;
    }
  }
  return [...kinds.values()].sort((a, b) => b.partitionIds.length - a.partitionIds.length);
}

const longestRanges = 40;

/** Where their reasons differ in figures or names, the sentence has those of the first. */
export function ofWhom({ partitionIds, isSame }: Alike): string {
  const [first] = partitionIds;
  const named = ofPartitions(partitionIds);
  const which = named.charAt(0).toUpperCase() + named.slice(1);
  return isSame || partitionIds.length === 1 ? which : `${which} (details of ${first})`;
}

/**
 * "partitions 0-3, 7", or "partitions 0, 4 and 12 others" where that would be long. A clean-up's entries are blobs, whose
 * names have slashes.
 */
export function ofPartitions(partitionIds: readonly string[]): string {
  const [first = ""] = partitionIds;
  if (first.includes("/"))
    return partitionIds.length === 1 ? `blob ${first}` : plural(partitionIds.length, "blob");
  if (partitionIds.length === 1) return `partition ${partitionIds[0]}`;
  const all = rangesNamed(partitionIds);
  if (all.length <= longestRanges) return `partitions ${all}`;
  const named = all.split(", ").slice(0, 2);
  const others = partitionIds.length - parseRanges(named.join(","), partitionIds).ids.length;
  if (others === 0) return `partitions ${all}`;
  return `partitions ${named.join(", ")} and ${plural(others, "other")}`;
}

import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { isSameName } from "#lib/core/name-pattern.ts";
import type { CheckpointFormat, StoredCheckpoint } from "#lib/core/stored-blobs.ts";
import { type Trees, treeOf } from "../group/live-tree.ts";
import type { ResetPlace } from "../group/place.ts";

type Place = Pick<ResetPlace, "hub" | "group" | "fullyQualifiedNamespace" | "eventHubName">;

/** `trees`: the target group's. `format`: the only layout that is moved; undefined: what processors read. */
interface Between {
  source: Place;
  target: Place & { commonPrefix: string; trees: Pick<Trees, "newest"> };
  format: CheckpointFormat | undefined;
}

interface TargetBlob {
  blobName: string;
  warnings: Reason[];
}

/**
 * Names the blob that a move writes. A processor reads its own spelling alone, so the moved checkpoint's is kept
 * (lib/reset/README.md#moves). Warns where processors of some SDKs would look elsewhere.
 */
export function targetBlob(partitionId: string, from: StoredCheckpoint | null, between: Between): TargetBlob {
  const { target } = between;
  const blobAt = (names: string) => `${target.commonPrefix}${names}/checkpoint/${partitionId}`;
  const { names, isKept } = spelled(from, between);
  const lowerCased = blobAt(names.toLowerCase());
  if (from === null || isKept) return asSpelled(blobAt(names), lowerCased);
  const standing = between.format === "common" ? null : target.trees.newest;
  if (standing !== null && isTyped(namesIn(standing)))
    return asSpelled(`${standing}checkpoint/${partitionId}`, lowerCased);
  const typedBlobName = blobAt(names);
  // Functions write lower case, whatever was typed.
  const isOfFunctions = from.format === "functions";
  return {
    blobName: lowerCased,
    warnings:
      isOfFunctions || !isTyped(names)
        ? []
        : [reason("writtenLowerCased", { blobName: lowerCased, typedBlobName })],
  };
}

/** Says where all of a move is written, and what processors find there. */
export function targetNotes(blobNames: readonly string[]): Reason[] {
  const trees = [...new Set(blobNames.map((name) => name.slice(0, name.lastIndexOf("/") + 1)))];
  const [first, ...others] = trees;
  if (first === undefined) return [];
  const isLowerCased = others.length > 0 ? null : !isTyped(namesIn(treeOf(`${first}0`)));
  return [reason("targetNames", { trees, isLowerCased }), reason("targetMetadata")];
}

function asSpelled(blobName: string, lowerCasedBlobName: string): TargetBlob {
  const isLowerCased = blobName === lowerCasedBlobName;
  return {
    blobName,
    warnings: isLowerCased ? [] : [reason("writtenAsTyped", { blobName, lowerCasedBlobName })],
  };
}

/** Returns the names as the moved checkpoint spells them where they stay, and otherwise as configured or typed. */
function spelled(from: StoredCheckpoint | null, { source, target, format }: Between) {
  const [namespace, eventHub, group] =
    from?.format === "common" ? namesIn(treeOf(from.blobName)).split("/") : [];
  const isSameHub = source.hub === target.hub;
  const isSameGroup = isSameHub && isSameName(source.group, target.group);
  const names = [
    (isSameHub ? namespace : undefined) ?? target.fullyQualifiedNamespace,
    (isSameHub ? eventHub : undefined) ?? target.eventHubName,
    (isSameGroup ? group : undefined) ?? target.group,
  ].join("/");
  const there = [namespace, eventHub, group].join("/");
  const isKept = format !== "common" && namespace !== undefined && (isSameGroup || isTyped(there));
  return { names, isKept };
}

function namesIn(tree: string): string {
  return tree.split("/").slice(-4, -1).join("/");
}

function isTyped(names: string): boolean {
  return names !== names.toLowerCase();
}

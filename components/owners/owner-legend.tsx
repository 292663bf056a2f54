"use client";

import type { ConsumerGroup } from "#lib/api/consumer-group.ts";
import { formatCount, plural } from "#lib/client/format/format.ts";
import { shortOwnerId } from "#lib/client/owners/owner-words.ts";
import { OwnerSwatch } from "./owner.tsx";

const shown = 8;

/** The active owners, each with its colour and how many partitions it holds; the one with most first. */
export function OwnerLegend({
  group,
  colors,
}: {
  group: ConsumerGroup;
  colors: ReadonlyMap<string, number>;
}) {
  const owners = [...group.owners].sort((a, b) => b.partitions.length - a.partitions.length);
  if (owners.length === 0) return null;
  return (
    <ul aria-label="Owners" className="flex flex-wrap items-center gap-x-4 gap-y-1 text-note">
      {owners.slice(0, shown).map(({ ownerId, partitions }) => (
        <li
          key={ownerId}
          className="flex min-w-0 items-center gap-1.5"
          data-tip={`${ownerId}\nowns ${plural(partitions.length, "partition")}: ${partitions.slice(0, 40).join(", ")}${partitions.length > 40 ? " …" : ""}`}
        >
          <OwnerSwatch color={colors.get(ownerId)} />
          <span className="foreign truncate font-mono text-muted">{shortOwnerId(ownerId)}</span>
          <span className="figures font-medium">{formatCount(partitions.length)}</span>
        </li>
      ))}
      {owners.length > shown ? (
        <li className="text-muted">and {formatCount(owners.length - shown)} more</li>
      ) : null}
    </ul>
  );
}

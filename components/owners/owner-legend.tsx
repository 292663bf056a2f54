"use client";

import type { ConsumerGroup } from "#lib/api/consumer-group.ts";
import { formatCount, plural } from "#lib/client/format/format.ts";
import { shortOwnerId } from "#lib/client/owners/owner-words.ts";
import { isProcessor } from "#lib/core/holding-owner.ts";
import { OwnerSwatch } from "./owner.tsx";

const shown = 8;

export function OwnerLegend(props: {
  group: ConsumerGroup;
  colors: ReadonlyMap<string, number>;
  drawn?: readonly string[];
}) {
  const { group, colors, drawn = [] } = props;
  const owners = [...group.owners].sort((a, b) => b.partitions.length - a.partitions.length);
  const active = new Set(owners.map(({ ownerId }) => ownerId));
  const others = [...new Set(drawn)].filter((ownerId) => !active.has(ownerId));
  const past = others.filter(isProcessor);
  const isHeld = past.length < others.length;
  if (owners.length + others.length === 0) return null;
  const room = Math.max(0, shown - owners.length);
  const left = Math.max(0, owners.length - shown) + Math.max(0, past.length - room);
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
      {past.slice(0, room).map((ownerId) => (
        <li
          key={ownerId}
          className="flex min-w-0 items-center gap-1.5"
          data-tip={`${ownerId}\nowned partitions in this range and owns none now`}
        >
          <OwnerSwatch color={colors.get(ownerId)} />
          <span className="foreign truncate font-mono text-faint">{shortOwnerId(ownerId)}</span>
          <span className="text-faint">past</span>
        </li>
      ))}
      {isHeld ? (
        <li
          className="flex items-center gap-1.5 text-muted"
          data-tip="A live reset held partitions, so that no processor read them."
        >
          <OwnerSwatch color={undefined} />
          paused by a reset
        </li>
      ) : null}
      {left > 0 ? <li className="text-muted">and {formatCount(left)} more</li> : null}
    </ul>
  );
}

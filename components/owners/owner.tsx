"use client";

import { Ticking } from "#components/ui/clock.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import { Link } from "#components/ui/text/link.tsx";
import { MiddleCut } from "#components/ui/text/middle-cut.tsx";
import type { Owner } from "#lib/api/consumer-group.ts";
import { formatAge } from "#lib/client/format/format.ts";
import { holdingReset } from "#lib/client/lag/holding-reset.ts";
import { colorParts } from "#lib/client/owners/identity-colors.ts";
import { shownOwnerId } from "#lib/client/owners/owner-words.ts";
import { resetResultPath } from "#lib/client/url/paths.ts";
import { processorOwner } from "#lib/core/holding-owner.ts";

/**
 * An owner number's fill, grey without one.
 * @param width of a pair of stripes, in pixels
 */
export function ownerFill(color: number | undefined, width: number): string {
  if (color === undefined) return "var(--faint)";
  const { fill, stripe } = colorParts(color);
  if (stripe === null) return `var(--owner-${fill})`;
  // Uneven, or two owners with the same pair of colours would look alike.
  const edge = width * 0.75;
  return `repeating-linear-gradient(90deg, var(--owner-${fill}) 0 ${edge}px, var(--owner-${stripe}) ${edge}px ${width}px)`;
}

const swatchSize = 8;
/** Owners of one group mostly differ in their last letters. */
export const ownerIdFrom = 12;

export function OwnerSwatch({ color }: { color: number | undefined }) {
  return (
    <span
      aria-hidden
      className="size-2 shrink-0 rounded-[2px]"
      style={{ background: ownerFill(color, swatchSize) }}
    />
  );
}

export function OwnerCell(props: { owner: Owner | null; reason: string | null; color: number | undefined }) {
  const { owner, reason, color } = props;
  if (owner === null) {
    return (
      <span className="text-faint" {...(reason === null ? {} : { "data-tip": reason })}>
        {reason === null ? "nobody" : "unreadable"}
      </span>
    );
  }
  if (owner.state === "released") {
    return (
      <span
        className="flex w-fit items-center gap-1.5 text-faint"
        data-tip="The last owner released this partition."
      >
        <Icon name="circle-slash-2" className="size-3.5" />
        released
      </span>
    );
  }
  const resetId = holdingReset({ owner });
  if (resetId !== null) {
    return (
      <Link
        href={resetResultPath(resetId)}
        className="flex w-fit items-center gap-1.5 text-muted hover:text-ink hover:underline"
        data-tip="A live reset holds this partition, so that no processor reads it."
      >
        <Icon name="pause" className="size-3.5 shrink-0" />
        paused by a reset
      </Link>
    );
  }
  if (processorOwner(owner) === null) {
    return (
      <span
        className="text-faint"
        data-tip="A live reset paused this partition. No processor has claimed it since."
      >
        nobody
      </span>
    );
  }
  const expired = owner.state === "expired";
  return (
    <span className="group/copy flex min-w-0 items-center gap-1.5">
      {expired ? (
        <Icon name="clock-alert" className="size-3.5 shrink-0 text-stall" />
      ) : (
        <OwnerSwatch color={color} />
      )}
      <span
        className={`foreign flex min-w-0 max-w-[21ch] font-mono text-note ${expired ? "text-faint" : "text-ink"}`}
        data-tip={expired ? `${owner.ownerId}\nexpired: not renewed in time` : owner.ownerId}
      >
        <MiddleCut text={shownOwnerId(owner.ownerId)} from={ownerIdFrom} />
      </span>
      {expired ? <span className="shrink-0 text-note text-stall">expired</span> : null}
      <CopyButton text={owner.ownerId} what="owner's id" />
    </span>
  );
}

export function OwnerRenewed({ owner }: { owner: Owner | null }) {
  if (owner === null)
    return (
      <span className="text-faint" data-tip="Nobody owns it.">
        —
      </span>
    );
  return (
    <span className={owner.state === "expired" ? "text-stall" : "text-muted"}>
      <Ticking at={owner.lastRenewedAt} format={(now) => formatAge(owner.lastRenewedAt, now)} />
    </span>
  );
}

"use client";

import { CopyButton } from "#components/ui/copy-button.tsx";
import { shortOwnerId } from "#lib/client/owners/owner-words.ts";
import { OwnerSwatch } from "./owner.tsx";

/** An owner's colour and shortened id, with the full id on hover. */
export function OwnerName(props: { ownerId: string; color: number | undefined; withCopy?: boolean }) {
  const { ownerId, color, withCopy = false } = props;
  return (
    <span className="group/copy inline-flex min-w-0 items-center gap-1.5">
      <OwnerSwatch color={color} />
      <span className="foreign truncate font-mono text-ink text-note" data-tip={ownerId}>
        {shortOwnerId(ownerId)}
      </span>
      {withCopy ? <CopyButton text={ownerId} what="owner's id" /> : null}
    </span>
  );
}

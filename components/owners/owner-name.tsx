"use client";

import { CopyButton } from "#components/ui/copy-button.tsx";
import { MiddleCut } from "#components/ui/text/middle-cut.tsx";
import { shownOwnerId } from "#lib/client/owners/owner-words.ts";
import { isProcessor, ownerText } from "#lib/core/holding-owner.ts";
import { OwnerSwatch, ownerIdFrom } from "./owner.tsx";

export function OwnerName(props: { ownerId: string; color: number | undefined; withCopy?: boolean }) {
  const { ownerId, color, withCopy = false } = props;
  return (
    <span className="group/copy inline-flex min-w-0 max-w-full items-center gap-1.5">
      <OwnerSwatch color={color} />
      <span
        className="foreign flex min-w-0 max-w-[21ch] font-mono text-ink text-note"
        data-tip={ownerText(ownerId)}
      >
        <MiddleCut text={shownOwnerId(ownerId)} from={ownerIdFrom} />
      </span>
      {withCopy && isProcessor(ownerId) ? <CopyButton text={ownerId} what="owner's id" /> : null}
    </span>
  );
}

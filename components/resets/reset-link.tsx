"use client";

import { RotateCcw } from "lucide-react";
import Link from "next/link";
import { Button, buttonClass } from "#components/ui/button.tsx";
import { resetPath } from "#lib/client/paths.ts";
import type { GroupAddress } from "#lib/client/queries.ts";
import { whyReadOnly } from "#lib/client/read-only.ts";

interface Props {
  address: GroupAddress;
  isReadOnly: boolean;
  /** Ranges that it starts with; none: all partitions. */
  partitions?: string;
  text?: string;
}

/** The way in to a reset. In read-only mode it is there, off, and says why. */
export function ResetLink({ address, isReadOnly, partitions, text = "Reset checkpoints…" }: Props) {
  const content = (
    <>
      <RotateCcw aria-hidden className="size-3.5" />
      {text}
    </>
  );
  if (isReadOnly) {
    return (
      <Button look="primary" whyDisabled={whyReadOnly}>
        {content}
      </Button>
    );
  }
  return (
    <Link
      href={resetPath(address.hub, address.group, address.store, partitions)}
      prefetch={false}
      className={buttonClass("primary")}
    >
      {content}
    </Link>
  );
}

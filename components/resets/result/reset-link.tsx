"use client";

import { Button, buttonClass } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import { Link } from "#components/ui/text/link.tsx";
import { resetPath } from "#lib/client/url/paths.ts";
import type { GroupAddress } from "#lib/core/addresses.ts";

interface Props {
  address: GroupAddress;
  whyNot: string | null;
  partitions?: string;
  text?: string;
}

export function ResetLink({ address, whyNot, partitions, text = "Reset checkpoints…" }: Props) {
  const content = (
    <>
      <Icon name="rotate-ccw" className="size-3.5" />
      {text}
    </>
  );
  if (whyNot !== null) {
    return <Button whyDisabled={whyNot}>{content}</Button>;
  }
  return (
    <Link href={resetPath(address.hub, address.group, address.store, partitions)} className={buttonClass()}>
      {content}
    </Link>
  );
}

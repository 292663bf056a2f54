"use client";

import { Link } from "#components/ui/text/link.tsx";
import { cleanupPath } from "#lib/client/url/paths.ts";
import type { GroupAddress } from "#lib/core/addresses.ts";

export function CleanupLink({ address, whyNot }: { address: GroupAddress; whyNot: string | null }) {
  if (whyNot !== null) return null;
  return (
    <Link
      href={cleanupPath(address.hub, address.group, address.store)}
      className="text-accent underline underline-offset-2"
    >
      Clean up…
    </Link>
  );
}

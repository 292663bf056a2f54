"use client";

import { History } from "lucide-react";
import { usePathname } from "next/navigation";
import { buttonClass } from "#components/ui/button.tsx";
import { Link } from "#components/ui/text/link.tsx";
import { activityPath } from "#lib/client/url/paths.ts";

/** On a phone the palette has it. */
export function ActivityLink() {
  const isHere = usePathname() === activityPath();
  return (
    <Link
      href={activityPath()}
      aria-label="Activity"
      data-tip="Who did what with this dashboard"
      {...(isHere ? { "aria-current": "page" as const } : {})}
      className={buttonClass("outline", "aria-[current=page]:bg-raised max-sm:hidden")}
    >
      <History aria-hidden className="size-3.5" />
    </Link>
  );
}

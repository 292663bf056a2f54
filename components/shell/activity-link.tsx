"use client";

import { usePathname } from "next/navigation";
import { buttonClass } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
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
      <Icon name="history" className="size-3.5" />
    </Link>
  );
}

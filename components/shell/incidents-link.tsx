"use client";

import { useQuery } from "@tanstack/react-query";
import { usePathname } from "next/navigation";
import { buttonClass } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import { Link } from "#components/ui/text/link.tsx";
import { openIncidentsQuery } from "#lib/client/alerts/open-incidents.ts";
import { formatCount } from "#lib/client/format/format.ts";
import { incidentsPath } from "#lib/client/url/paths.ts";

export function IncidentsLink() {
  const isHere = usePathname() === incidentsPath;
  const open = useQuery(openIncidentsQuery()).data ?? null;
  const label = open === null ? "Incidents" : `Incidents, ${open === 0 ? "none" : formatCount(open)} open`;
  return (
    <Link
      href={incidentsPath}
      aria-label={label}
      data-tip={label}
      {...(isHere ? { "aria-current": "page" as const } : {})}
      className={buttonClass("outline", `aria-[current=page]:bg-raised ${open ? "" : "max-sm:hidden"}`)}
    >
      <Icon name="siren" className={open ? "size-3.5 text-stop" : "size-3.5"} />
      {open ? <span className="figures text-stop">{formatCount(open)}</span> : null}
    </Link>
  );
}

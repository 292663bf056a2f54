"use client";

import { useQuery } from "@tanstack/react-query";
import { usePathname } from "next/navigation";
import { buttonClass } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import { Link } from "#components/ui/text/link.tsx";
import { openIncidentsQuery, openIncidentsText } from "#lib/client/alerts/open-incidents.ts";
import { formatCount } from "#lib/client/format/format.ts";
import { incidentsPath } from "#lib/client/url/paths.ts";

/** Loud only while nobody takes care: what is acknowledged or silenced is counted, and calm. */
export function IncidentsLink() {
  const isHere = usePathname() === incidentsPath;
  const found = useQuery(openIncidentsQuery()).data;
  const open = found?.openPlaces;
  const severity = found?.unacknowledgedSeverity;
  const tone = severity === "critical" ? "text-stop" : severity === "warning" ? "text-warn" : "";
  const label = found ? openIncidentsText(found) : "Incidents";
  return (
    <Link
      href={incidentsPath}
      aria-label={label}
      data-tip={label}
      aria-current={isHere ? "page" : undefined}
      className={buttonClass("outline", `aria-[current=page]:bg-raised ${open ? "" : "max-sm:hidden"}`)}
    >
      <Icon name="siren" className={`size-3.5 ${tone}`} />
      {open ? <span className={`figures ${tone}`}>{formatCount(open)}</span> : null}
    </Link>
  );
}

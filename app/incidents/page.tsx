import type { Metadata } from "next";
import { Hydrate } from "#app/hydrate.tsx";
import { page } from "#app/page-access.tsx";
import { whyNot } from "#app/why-not.ts";
import { alertsKey, incidentsKey } from "#lib/client/alerts/alert-queries.ts";
import { incidentParsers } from "#lib/client/alerts/alert-url.ts";
import { readSearch, type SearchParams } from "#lib/client/url/parsers.ts";
import { runtime } from "#lib/server/runtime.ts";
import { IncidentsView } from "./incidents-view.tsx";

export const metadata: Metadata = { title: "Incidents" };

interface Props {
  searchParams: Promise<SearchParams>;
}

/** If the history's database is away, the page asks itself and says so. The rules are for operators. */
export default page("viewer", async function IncidentsPage({ searchParams }: Props) {
  const { state } = readSearch(incidentParsers, await searchParams);
  const { alerts } = runtime();
  const seesRules = whyNot("operator", {}, { changes: false }) === null;
  const [incidents, rules] = await Promise.allSettled([
    alerts.incidents({ state, limit: 500 }),
    seesRules ? alerts.alerts() : null,
  ]);
  return (
    <Hydrate
      data={[
        ...(incidents.status === "fulfilled" ? [[incidentsKey(state), incidents.value] as const] : []),
        ...(rules.status === "fulfilled" && rules.value !== null ? [[alertsKey, rules.value] as const] : []),
      ]}
    >
      <IncidentsView seesRules={seesRules} whyNot={whyNot("operator", {}, { changes: true })} />
    </Hydrate>
  );
});

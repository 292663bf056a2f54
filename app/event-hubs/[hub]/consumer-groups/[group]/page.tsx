import type { Metadata } from "next";
import { cookies } from "next/headers";
import { decodePart, found, nameIn } from "#app/address.ts";
import { groupPage } from "#app/group-page-access.tsx";
import { Hydrate } from "#app/hydrate.tsx";
import { whyNot } from "#app/why-not.ts";
import { dismissedCookie } from "#lib/client/browser/dismissed-cookie.ts";
import { keys } from "#lib/client/http/queries.ts";
import type { SearchParams } from "#lib/client/url/parsers.ts";
import { runtime } from "#lib/server/runtime.ts";
import { GroupView } from "./group-view.tsx";
import { firstRangeOf, prefetchPast } from "./prefetch-past.ts";
import { prefetchResets } from "./prefetch-resets.ts";

interface Props {
  params: Promise<{ hub: string; group: string }>;
  searchParams: Promise<SearchParams>;
}

async function addressOf({ params, searchParams }: Props) {
  const { hub, group } = await params;
  const { store } = await searchParams;
  return {
    hub: decodePart(hub),
    group: decodePart(group),
    store: typeof store === "string" ? store : undefined,
  };
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { hub: hubPart, group: groupPart } = await params;
  const hub = nameIn(hubPart, (id) => runtime().eventHub(id).id);
  const group = nameIn(groupPart, (name) => runtime().consumerGroup(hub, name).name);
  return { title: `${group} on ${hub}` };
}

export default groupPage("viewer", async function GroupPage(props: Props) {
  const asked = await addressOf(props);
  const detail = found(() => runtime().consumerGroup(asked.hub, asked.group, asked.store));
  const { partitions: _, consumerGroups: __, ...hub } = found(() => runtime().eventHub(asked.hub));
  const address = { hub: hub.id, group: detail.name, store: detail.store };
  const trend = found(() => runtime().trend(address.hub, address.group, address.store));
  const search = await props.searchParams;
  const now = Date.now();
  const firstRange = await firstRangeOf(address, search, now);
  const [past, resets, kept] = await Promise.all([
    prefetchPast(address, detail, search, firstRange, now),
    prefetchResets(address),
    cookies(),
  ]);
  return (
    <Hydrate data={[[keys.consumerGroup(address), detail], [keys.trend(address), trend], ...past, ...resets]}>
      <GroupView
        key={JSON.stringify(address)}
        address={address}
        hub={hub}
        firstRange={firstRange}
        dismissed={kept.get(dismissedCookie)?.value ?? ""}
        whyNoReset={whyNot("operator", address, { changes: true })}
        whyNoCleanup={whyNot("admin", address, { changes: true })}
        whyNoExport={whyNot("operator", address, { changes: false })}
        whyNoDismiss={whyNot("operator", address, { changes: true })}
        whyNoEvent={whyNot("operator", address, { changes: false })}
      />
    </Hydrate>
  );
});

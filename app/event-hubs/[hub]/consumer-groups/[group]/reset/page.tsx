import { decodePart, found } from "#app/address.ts";
import { type GroupPageProps, titledByGroup } from "#app/group-page.ts";
import { Hydrate } from "#app/hydrate.tsx";
import { page } from "#app/page-access.tsx";
import { whyNot } from "#app/why-not.ts";
import { keys } from "#lib/client/http/queries.ts";
import { runtime } from "#lib/server/runtime.ts";
import { ChooseView } from "./choose-view.tsx";

export const generateMetadata = titledByGroup("Reset");

export default page("operator", async function ResetPage({ params, searchParams }: GroupPageProps) {
  const { hub: hubPart, group: groupPart } = await params;
  const { store } = await searchParams;
  const hub = found(() => runtime().eventHub(decodePart(hubPart)));
  const named = typeof store === "string" ? store : undefined;
  const group = found(() => runtime().consumerGroup(hub.id, decodePart(groupPart), named));
  const address = { hub: hub.id, group: group.name, store: group.store };
  const otherGroups = hub.consumerGroups
    .filter(({ name, store: its }) => name !== group.name || its !== group.store)
    .map(({ name, store: its }) => ({ name, store: its }));
  const { fullyQualifiedNamespace, eventHubName, createdOn } = hub;
  return (
    <Hydrate data={[[keys.consumerGroup(address), group]]}>
      <ChooseView
        key={JSON.stringify(address)}
        address={address}
        identity={createdOn === null ? null : { fullyQualifiedNamespace, eventHubName, createdOn }}
        hasInspectionGroup={hub.hasInspectionGroup}
        otherGroups={otherGroups}
        whyNot={whyNot("operator", address, { changes: true })}
      />
    </Hydrate>
  );
});

import { type GroupPageProps, groupOfPage, titledByGroup } from "#app/group-page.ts";
import { groupPage } from "#app/group-page-access.tsx";
import { Hydrate } from "#app/hydrate.tsx";
import { whyNot } from "#app/why-not.ts";
import { keys } from "#lib/client/http/queries.ts";
import { ChooseView } from "./choose-view.tsx";

export const generateMetadata = titledByGroup("Reset");

export default groupPage("operator", async function ResetPage(props: GroupPageProps) {
  const { hub, group, address } = await groupOfPage(props);
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

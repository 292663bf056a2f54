import { type GroupPageProps, groupOfPage, titledByGroup } from "#app/group-page.ts";
import { groupPage } from "#app/group-page-access.tsx";
import { Hydrate } from "#app/hydrate.tsx";
import { whyNot } from "#app/why-not.ts";
import { keys } from "#lib/client/http/queries.ts";
import { runtime } from "#lib/server/runtime.ts";
import { MoveView } from "./move-view.tsx";

export const generateMetadata = titledByGroup("Move");

export default groupPage("operator", async function MovePage(props: GroupPageProps) {
  const { group, address } = await groupOfPage(props);
  const stores = Object.fromEntries(
    runtime()
      .eventHubs()
      .eventHubs.map(({ id }) => [
        id,
        runtime()
          .eventHub(id)
          .checkpointStores.map((one) => one.id),
      ]),
  );
  return (
    <Hydrate data={[[keys.consumerGroup(address), group]]}>
      <MoveView
        key={JSON.stringify(address)}
        address={address}
        stores={stores}
        whyNot={whyNot("operator", address, { changes: true })}
      />
    </Hydrate>
  );
});

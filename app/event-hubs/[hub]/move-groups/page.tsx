import type { Metadata } from "next";
import { decodePart, found, nameIn } from "#app/address.ts";
import { Hydrate } from "#app/hydrate.tsx";
import { page } from "#app/page-access.tsx";
import { whyNot } from "#app/why-not.ts";
import { keys } from "#lib/client/http/queries.ts";
import { runtime } from "#lib/server/runtime.ts";
import { MoveGroupsView } from "./move-groups-view.tsx";

interface Props {
  params: Promise<{ hub: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Move groups of ${nameIn((await params).hub, (hub) => runtime().eventHub(hub).id)}` };
}

export default page("viewer", async function MoveGroupsPage({ params }: Props) {
  const { hub: part } = await params;
  const hub = found(() => runtime().eventHub(decodePart(part)));
  return (
    <Hydrate data={[[keys.eventHub(hub.id), hub]]}>
      <MoveGroupsView key={hub.id} hubId={hub.id} whyNot={whyNot("operator", {}, { changes: true })} />
    </Hydrate>
  );
});

import type { Metadata } from "next";
import { decodePart, found, nameIn } from "#app/address.ts";
import { Hydrate } from "#app/hydrate.tsx";
import { page } from "#app/page-access.tsx";
import { keys } from "#lib/client/http/queries.ts";
import { runtime } from "#lib/server/runtime.ts";
import { HubView } from "./hub-view.tsx";

interface Props {
  params: Promise<{ hub: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: nameIn((await params).hub, (hub) => runtime().eventHub(hub).id) };
}

export default page("viewer", async function HubPage({ params }: Props) {
  const { hub } = await params;
  const detail = found(() => runtime().eventHub(decodePart(hub)));
  return (
    <Hydrate data={[[keys.eventHub(detail.id), detail]]}>
      <HubView key={detail.id} id={detail.id} />
    </Hydrate>
  );
});

import type { Metadata } from "next";
import { decodePart, found } from "#app/address.ts";
import { Hydrate } from "#app/hydrate.tsx";
import { page } from "#app/page-access.tsx";
import { keys } from "#lib/client/queries.ts";
import { runtime } from "#lib/server/runtime.ts";
import { HubView } from "./hub-view.tsx";

interface Props {
  params: Promise<{ hub: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodePart((await params).hub) };
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

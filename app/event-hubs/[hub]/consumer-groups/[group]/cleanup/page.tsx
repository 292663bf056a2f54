import type { Metadata } from "next";
import { decodePart, found, nameIn } from "#app/address.ts";
import { page } from "#app/page-access.tsx";
import { whyNot } from "#app/why-not.ts";
import { runtime } from "#lib/server/runtime.ts";
import { CleanupView } from "./cleanup-view.tsx";

interface Props {
  params: Promise<{ hub: string; group: string }>;
  searchParams: Promise<{ store?: string | string[] }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { hub: hubPart, group } = await params;
  const hub = nameIn(hubPart, (id) => runtime().eventHub(id).id);
  return { title: `Clean up ${nameIn(group, (name) => runtime().consumerGroup(hub, name).name)}` };
}

export default page("admin", async function CleanupPage({ params, searchParams }: Props) {
  const { hub: hubPart, group: groupPart } = await params;
  const { store } = await searchParams;
  const hub = decodePart(hubPart);
  const named = typeof store === "string" ? store : undefined;
  const group = found(() => runtime().consumerGroup(hub, decodePart(groupPart), named));
  const address = { hub, group: group.name, store: group.store };
  return (
    <CleanupView
      key={JSON.stringify(address)}
      address={address}
      whyNot={whyNot("admin", address, { changes: true })}
    />
  );
});

import { decodePart, found } from "#app/address.ts";
import { type GroupPageProps, titledByGroup } from "#app/group-page.ts";
import { groupPage } from "#app/group-page-access.tsx";
import { whyNot } from "#app/why-not.ts";
import { runtime } from "#lib/server/runtime.ts";
import { CleanupView } from "./cleanup-view.tsx";

export const generateMetadata = titledByGroup("Clean up");

export default groupPage("admin", async function CleanupPage({ params, searchParams }: GroupPageProps) {
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

import type { Metadata } from "next";
import { decodePart, found, nameIn } from "#app/address.ts";
import { Hydrate } from "#app/hydrate.tsx";
import { page } from "#app/page-access.tsx";
import { diagnosisKey } from "#lib/client/diagnosis/diagnosis-query.ts";
import { runtime } from "#lib/server/runtime.ts";
import { DiagnosisView } from "./diagnosis-view.tsx";

interface Props {
  params: Promise<{ hub: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Diagnosis of ${nameIn((await params).hub, (hub) => runtime().eventHub(hub).id)}` };
}

export default page("viewer", async function DiagnosisPage({ params }: Props) {
  const { hub } = await params;
  const diagnosis = found(() => runtime().diagnosis(decodePart(hub)));
  return (
    <Hydrate data={[[diagnosisKey(diagnosis.hub), diagnosis]]}>
      <DiagnosisView key={diagnosis.hub} hub={diagnosis.hub} />
    </Hydrate>
  );
});

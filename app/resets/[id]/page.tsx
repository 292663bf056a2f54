import type { Metadata } from "next";
import { decodePart, foundLater } from "#app/address.ts";
import { Hydrate } from "#app/hydrate.tsx";
import { page } from "#app/page-access.tsx";
import { readReset } from "#app/resets/read-once.ts";
import { whyNot } from "#app/why-not.ts";
import { resetKeys } from "#lib/client/http/reset-keys.ts";
import { ResetView } from "./reset-view.tsx";

interface Props {
  params: Promise<{ id: string }>;
}

export const metadata: Metadata = { title: "Reset" };

export default page("viewer", async function ResetResultPage({ params }: Props) {
  const id = decodePart((await params).id);
  const reset = await foundLater(() => readReset(id));
  return (
    <Hydrate data={reset === null ? [] : [[resetKeys.reset(id), reset]]}>
      <ResetView
        key={id}
        resetId={id}
        isRead={reset !== null}
        whyNoStop={reset === null ? null : whyNot("admin", reset, { changes: true })}
        whyNoUndo={reset === null ? null : whyNot("operator", reset, { changes: true })}
      />
    </Hydrate>
  );
});

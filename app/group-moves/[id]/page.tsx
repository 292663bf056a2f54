import type { Metadata } from "next";
import { decodePart, foundLater } from "#app/address.ts";
import { Hydrate } from "#app/hydrate.tsx";
import { page } from "#app/page-access.tsx";
import { whyNot } from "#app/why-not.ts";
import { groupMoveKey } from "#lib/client/moves/group-move-queries.ts";
import { runtime } from "#lib/server/runtime.ts";
import { GroupMoveView } from "./group-move-view.tsx";

interface Props {
  params: Promise<{ id: string }>;
}

export const metadata: Metadata = { title: "Move of groups" };

export default page("viewer", async function GroupMovePage({ params }: Props) {
  const id = decodePart((await params).id);
  const move = await foundLater(() => runtime().groupMoves.groupMove(id));
  return (
    <Hydrate data={move === null ? [] : [[groupMoveKey(id), move]]}>
      <GroupMoveView
        key={id}
        id={id}
        whyNot={whyNot("admin", {}, { changes: true })}
        whyNoUndo={whyNot("operator", {}, { changes: true })}
      />
    </Hydrate>
  );
});

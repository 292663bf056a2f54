import { Hydrate } from "#app/hydrate.tsx";
import { keys } from "#lib/client/queries.ts";
import { runtime } from "#lib/server/runtime.ts";
import { OverviewView } from "./overview-view.tsx";

export default function OverviewPage() {
  return (
    <Hydrate data={[[keys.overview(), runtime().overview()]]}>
      <OverviewView />
    </Hydrate>
  );
}

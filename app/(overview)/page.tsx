import { Hydrate } from "#app/hydrate.tsx";
import { page } from "#app/page-access.tsx";
import { keys } from "#lib/client/http/queries.ts";
import { runtime } from "#lib/server/runtime.ts";
import { OverviewView } from "./overview-view.tsx";

export default page("viewer", function OverviewPage() {
  return (
    <Hydrate data={[[keys.overview(), runtime().overview()]]}>
      <OverviewView />
    </Hydrate>
  );
});

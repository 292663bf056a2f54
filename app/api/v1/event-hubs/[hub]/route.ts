import { operations } from "#lib/api/operations/operations.ts";
import { fromSnapshot } from "#lib/server/http/from-snapshot.ts";
import { handle, route } from "#lib/server/http/route.ts";
import { runtime } from "#lib/server/runtime.ts";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(operations.getEventHub, (input) =>
    fromSnapshot(input, operations.getEventHub.id, () => runtime().eventHub(input.params.hub)),
  ),
});

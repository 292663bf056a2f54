import { operations } from "#lib/api/operations/operations.ts";
import { handle, json, route } from "#lib/server/http/route.ts";
import { runtime } from "#lib/server/runtime.ts";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(operations.getReadiness, () => {
    const readiness = runtime().readiness();
    return json(readiness, readiness.ready ? 200 : 503);
  }),
});

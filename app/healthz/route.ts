import { operations } from "#lib/api/operations/operations.ts";
import { handle, route } from "#lib/server/http/route.ts";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(operations.getHealth, () => ({ status: "ok" as const })),
});

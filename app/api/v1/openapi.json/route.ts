import { openApiDocument } from "#lib/api/operations/openapi.ts";
import { operations } from "#lib/api/operations/operations.ts";
import { handle, route } from "#lib/server/http/route.ts";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(operations.getOpenApi, () => openApiDocument() as { openapi: string }),
});

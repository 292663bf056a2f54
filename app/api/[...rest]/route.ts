import { AppError } from "#lib/core/app-error.ts";
import { refuseAll } from "#lib/server/http/route.ts";

// Unknown paths under /api get the error body, not a page.
export const { GET, POST, PUT, PATCH, DELETE } = refuseAll(
  () => new AppError("notFound", "There is no such route; GET /api/v1/openapi.json lists all of them."),
);

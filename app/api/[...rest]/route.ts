import { AppError } from "#lib/core/app-error.ts";
import { refuseAll } from "#lib/server/http/route.ts";

// Whatever no other route answers under /api gets the error body, not a page.
export const { GET, POST, PUT, PATCH, DELETE } = refuseAll(
  () => new AppError("notFound", "There is no such route; GET /api/v1/openapi.json lists all of them."),
);

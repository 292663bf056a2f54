import { operations } from "#lib/api/operations/operations.ts";
import { signOut } from "#lib/server/access/me.ts";
import { handle, route } from "#lib/server/http/route.ts";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(operations.signOut, () => signOut()),
});

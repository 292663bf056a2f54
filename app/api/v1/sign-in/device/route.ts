import { operations } from "#lib/api/operations/operations.ts";
import { beginDeviceSignIn } from "#lib/server/access/sign-in/sign-in-by-device.ts";
import { handle, route } from "#lib/server/http/route.ts";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(operations.beginDeviceSignIn, () => beginDeviceSignIn()),
});

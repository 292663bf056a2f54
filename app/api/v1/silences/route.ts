import { operations } from "#lib/api/operations/operations.ts";
import { handle, route } from "#lib/server/http/route.ts";
import { runtime } from "#lib/server/runtime.ts";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(operations.listSilences, () => runtime().alerts.silences()),
  POST: handle(operations.addSilence, ({ body, caller }) => runtime().alerts.silence(body, caller)),
});

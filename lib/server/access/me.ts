import type { Me } from "#lib/api/me.ts";
import { toIso } from "#lib/core/time.ts";
import { runtime } from "../runtime.ts";
import { nobody } from "./caller.ts";
import { currentRequest } from "./request-context.ts";

export function describeMe(): Me {
  const { caller, canSignOut } = currentRequest();
  const { name, kind, role, grants, until } = caller ?? nobody;
  return {
    name,
    kind,
    role,
    grants: grants.map(({ hubs, groups, ...rest }) => ({ ...rest, hubs: [...hubs], groups: [...groups] })),
    readOnly: runtime().isReadOnly,
    canSignOut,
    until: toIso(until),
  };
}

export async function signOut(): Promise<Response> {
  const { location, cookies } = await currentRequest().signOut();
  const response = Response.json({ location }, { headers: { "cache-control": "no-store" } });
  for (const cookie of cookies) response.headers.append("set-cookie", cookie);
  return response;
}

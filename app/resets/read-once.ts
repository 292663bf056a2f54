import { cache } from "react";
import { admitCaller } from "#lib/server/access/admit-caller.ts";
import { runtime } from "#lib/server/runtime.ts";

// Once a request, for the page and its breadcrumbs: these tell what the page does, to nobody else.

export const readPlan = cache(async (id: string) =>
  runtime().resets.plan(id, admitCaller({ access: "operator", changes: false })),
);

export const readReset = cache(async (id: string) => {
  admitCaller({ access: "viewer", changes: false });
  return runtime().resets.reset(id);
});

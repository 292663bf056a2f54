import { expect } from "vitest";

type Json = Record<string, unknown>;

export interface Calls {
  get(path: string): Promise<Json>;
  post(path: string, body: object): Promise<Json>;
}

export function callsTo(url: string, headers: Record<string, string> = {}): Calls {
  const ask = async (path: string, more: object) => (await fetch(url + path, { headers, ...more })).json();
  return {
    get: async (path) => (await ask(path, {})) as Json,
    post: async (path, body) => {
      const all = { ...headers, "content-type": "application/json" };
      return (await ask(path, { method: "POST", headers: all, body: JSON.stringify(body) })) as Json;
    },
  };
}

const waiting = { timeout: 60_000, interval: 200 };

/** Previews until nothing is blocked, applies, and waits until every partition is written. */
export async function resetAll(calls: Calls, hub: string, group: string, body: object): Promise<void> {
  const resets = `/api/v1/event-hubs/${hub}/consumer-groups/${group}/resets`;
  let planId: unknown;
  await expect
    .poll(async () => {
      const plan = await calls.post(`${resets}/preview`, { partitions: "all", ...body });
      planId = plan.planId;
      const entries = (plan.entries ?? []) as { blockedBy: unknown }[];
      return entries.length > 0 && [plan, ...entries].every(({ blockedBy }) => blockedBy === null)
        ? []
        : plan;
    }, waiting)
    .toEqual([]);
  const { id } = await calls.post(resets, { planId, confirm: group });
  await expect
    .poll(async () => {
      const { entries } = await calls.get(`/api/v1/resets/${id}`);
      return (entries as { result: string }[]).filter(({ result }) => result !== "written");
    }, waiting)
    .toEqual([]);
}

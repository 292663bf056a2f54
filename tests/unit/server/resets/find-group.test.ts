import { expect, it } from "vitest";
import type { HubSnapshot } from "#lib/monitor/snapshot.ts";
import { findGroup } from "#lib/server/queries.ts";

const at = "2026-01-15T12:00:00.000Z";

function told(observedAt: string | null, stores: Record<string, string | null>, store?: string): string {
  const checkpointStores = Object.entries(stores).map(([id, read]) => ({ id, observedAt: read }));
  const hub = { eventHub: { id: "orders", observedAt, checkpointStores }, groups: [] };
  try {
    findGroup(hub as unknown as HubSnapshot, "billing", store);
    return "found";
  } catch (error) {
    return String(error);
  }
}

it("claims that there is no such group only once the hub and the store were read", () => {
  const unread =
    /is not known to have a consumer group "billing": it, or a checkpoint store, was not read yet/;
  const missing = /has no consumer group "billing"/;
  expect(told(null, { main: at })).toMatch(unread);
  expect(told(at, { main: at, spare: null })).toMatch(unread);
  expect(told(at, { main: at, spare: null }, "main")).toMatch(missing);
  expect(told(at, { main: at, account: null }, "account/container")).toMatch(unread);
  expect(told(at, { main: at, spare: at })).toMatch(missing);
});

import { expect, it } from "vitest";
import type { Monitor } from "#lib/monitor/monitor.ts";
import type { HubConfig } from "#lib/server/config/config.ts";
import { chooseGroups } from "#lib/server/moves/choose-groups.ts";

const account = "https://contoso.blob.core.windows.net";

/** `stores`: container or account by id, and its groups. */
interface Hub {
  id: string;
  stores: Record<string, { container: string | null; prefix?: string }>;
  groups: Record<string, string[]>;
}

function choose(hubs: Hub[], from: { hub: string; store: string; allHubs: boolean }, to = "new") {
  const configs = hubs.map(({ id, stores }) => ({
    id,
    checkpointStores: Object.entries(stores).map(([storeId, { container, prefix = null }]) => ({
      id: storeId,
      isAccount: container === null,
      containerUrl: container === null ? account : `${account}/${container}`,
      containerName: container ?? "",
      formats: ["common"],
      prefix,
    })),
  }));
  const snapshots = hubs.map(({ id, stores, groups }) => ({
    eventHub: {
      id,
      checkpointStores: Object.keys(stores).map((one) => ({ id: one, observedAt: "now", error: null })),
    },
    groups: Object.entries(groups).flatMap(([store, names]) =>
      names.map((name) => ({ group: { name, store } })),
    ),
  }));
  const monitor = {
    snapshots: () => snapshots,
    snapshot: (id: string) => snapshots.find(({ eventHub }) => eventHub.id === id) ?? null,
  };
  const request = { from, to: { store: to }, groups: ["*"], whenRunning: "skip" as const };
  const chosen = chooseGroups(
    monitor as unknown as Monitor,
    configs as unknown as HubConfig[],
    request,
    () => true,
  );
  return chosen.map(({ hub, group, store, to: there, reason }) => [
    `${hub}/${group}`,
    store,
    there,
    reason?.code ?? null,
  ]);
}

it("finds the groups of other hubs in the same container, whether they name it or its account", () => {
  const fresh = { container: "fresh" };
  const hubs: Hub[] = [
    {
      id: "orders",
      stores: { acct: { container: null }, new: fresh },
      groups: { "acct/checkpoints": ["billing"], "acct/other": ["audit"] },
    },
    {
      id: "refunds",
      stores: { storage: { container: null }, next: fresh },
      groups: { "storage/checkpoints": ["billing"], next: ["moved"] },
    },
    { id: "named", stores: { main: { container: "checkpoints" } }, groups: { main: ["mail"] } },
    {
      id: "prefixed",
      stores: { main: { container: "checkpoints", prefix: "go/" }, new: fresh },
      groups: { main: ["apart"] },
    },
  ];
  expect(choose(hubs, { hub: "orders", store: "acct/checkpoints", allHubs: true })).toEqual([
    ["named/mail", "main", "", "targetStoreMissing"],
    ["orders/billing", "acct/checkpoints", "new", null],
    ["refunds/billing", "storage/checkpoints", "next", null],
  ]);
  expect(choose(hubs, { hub: "named", store: "main", allHubs: true }, "main")).toEqual([
    ["named/mail", "main", "main", null],
    ["orders/billing", "acct/checkpoints", "acct/checkpoints", null],
    ["refunds/billing", "storage/checkpoints", "storage/checkpoints", null],
  ]);
  expect(choose(hubs, { hub: "orders", store: "acct/checkpoints", allHubs: false })).toEqual([
    ["orders/billing", "acct/checkpoints", "new", null],
  ]);
});

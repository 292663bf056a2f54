import { expect, vi } from "vitest";
import { resetPlanSchema, resetSchema } from "#lib/api/resets.ts";
import {
  type Accounts,
  behindProxy,
  type Headers,
  makeAccounts,
  viaProxy,
} from "#tests/support/fixtures/accounts.ts";
import type { Account } from "#tests/support/fixtures/route-table.ts";
import { startDashboard, type TestDashboard } from "./dashboard.ts";
import { type LocalWorld, startLocalWorld } from "./local-world.ts";

export interface WalkedWorld {
  ids: { reset: string; plan: string };
  dashboard: TestDashboard;
  readOnly: TestDashboard;
  headersOf(account: Account): Headers;
  baseOf(account: Account): string;
  stop(): Promise<void>;
}

export async function startWalkedWorld(): Promise<WalkedWorld> {
  const world = await startLocalWorld([
    { name: "orders", partitionCount: 1, consumerGroups: ["billing", "shipping", "tidemark"] },
    { name: "payments", partitionCount: 1, consumerGroups: ["ledger"] },
  ]);
  world.enqueue("orders", "0", 10);
  const tokens = makeAccounts({
    viewer: { role: "viewer" },
    operator: { role: "operator" },
    admin: { role: "admin" },
    otherHub: { role: "admin", hubs: ["payments"] },
    otherGroup: { role: "admin", hubs: ["orders"], groups: ["shipping"] },
  });
  const [dashboard, readOnly] = await Promise.all([
    startDashboard(configOf(world, tokens), behindProxy),
    startDashboard(configOf(world, tokens), { ...behindProxy, TIDEMARK_READ_ONLY: "true" }),
  ]);
  const own: Record<Account, Headers> = {
    ...tokens.headers,
    signedOut: {},
    noRole: viaProxy("stranger"),
    readOnly: tokens.headers.admin,
  };
  for (const { url } of [dashboard, readOnly]) {
    await vi.waitFor(async () => expect((await fetch(`${url}/readyz`)).status).toBe(200), 20_000);
  }
  return {
    ids: await doReset(dashboard.url, own.admin),
    dashboard,
    readOnly,
    headersOf: (account) => own[account],
    baseOf: (account) => (account === "readOnly" ? readOnly : dashboard).url,
    stop: async () => {
      await Promise.all([dashboard.end(), readOnly.end()]);
      await world.stop();
    },
  };
}

function configOf(world: LocalWorld, { entries }: Accounts<string>): object {
  return {
    refreshSeconds: 1,
    mcp: true,
    eventHubs: [
      world.hubConfig("orders", {
        consumerGroups: ["billing", "shipping"],
        inspectionConsumerGroup: "tidemark",
      }),
      world.hubConfig("payments", { consumerGroups: ["ledger"] }),
    ],
    access: { tokens: entries },
    // Nobody listens there, but the test alert is sent all the same.
    alerts: { channels: [{ id: "pager", kind: "webhook", url: "http://127.0.0.1:9/" }] },
  };
}

async function doReset(base: string, headers: Headers): Promise<WalkedWorld["ids"]> {
  const group = `${base}/api/v1/event-hubs/orders/consumer-groups/billing`;
  const post = async (url: string, body: object) => {
    const response = await fetch(url, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(await response.text());
    return response.json();
  };
  const preview = async () =>
    resetPlanSchema.parse(
      await post(`${group}/resets/preview`, { partitions: "all", target: { kind: "earliest" } }),
    );
  const { planId } = await preview();
  const { id } = resetSchema.parse(await post(`${group}/resets`, { planId, confirm: "billing" }));
  await vi.waitFor(async () => {
    const answer = await fetch(`${base}/api/v1/resets/${id}`, { headers });
    expect(resetSchema.parse(await answer.json()).state).toBe("done");
  }, 20_000);
  return { reset: id, plan: (await preview()).planId };
}

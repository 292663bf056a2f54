import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { type SnapshotEvent, snapshotEventSchema } from "#lib/api/stream.ts";
import { behindProxy, makeAccounts } from "#tests/support/fixtures/accounts.ts";
import { type EventReader, readEvents } from "#tests/support/server-sent-events.ts";
import { startDashboard, type TestDashboard } from "#tests/support/worlds/dashboard.ts";
import { type LocalWorld, startLocalWorld } from "#tests/support/worlds/local-world.ts";

type Account = "admin" | "narrow";

const { entries, headers } = makeAccounts<Account>({
  admin: { role: "admin" },
  narrow: { role: "viewer", hubs: ["orders"], groups: ["shipping"] },
});
const hidden = /billing|payments|ledger/;
const firsts: readonly (readonly [Account, Account])[] = [
  ["admin", "narrow"],
  ["narrow", "admin"],
];
const seenBy = { admin: ["billing", "shipping"], narrow: ["shipping"] };

let world: LocalWorld;
let dashboard: TestDashboard;
beforeAll(async () => {
  world = await startLocalWorld([
    { name: "orders", partitionCount: 2 },
    { name: "payments", partitionCount: 1 },
  ]);
  for (const group of ["billing", "shipping"]) await world.checkpoint("orders", group, "0", 1);
  const eventHubs = [world.hubConfig("orders"), world.hubConfig("payments", { consumerGroups: ["ledger"] })];
  dashboard = await startDashboard(
    { refreshSeconds: 1, eventHubs, access: { tokens: entries } },
    behindProxy,
  );
  await vi.waitFor(async () => expect((await fetch(`${dashboard.url}/readyz`)).status).toBe(200), 20_000);
}, 60_000);
afterAll(async () => {
  await dashboard?.end();
  await world?.stop();
});

interface Followed {
  who: Account;
  reader: EventReader;
  told: SnapshotEvent[];
}

/** Reads the next snapshot of the hub that both see. */
async function hear({ who, reader, told }: Followed): Promise<void> {
  for (;;) {
    const data = await reader.next("snapshot");
    if (who === "narrow") expect(JSON.stringify(data)).not.toMatch(hidden);
    const event = snapshotEventSchema.parse(data);
    if (event.hub === "orders") {
      told.push(event);
      return;
    }
  }
}

/** Opens the stream for one and then the other, until both begin with the same refresh. */
async function openBoth(path: string, order: readonly Account[]): Promise<Followed[]> {
  for (;;) {
    const both: Followed[] = [];
    for (const who of order) {
      const reader = await readEvents(dashboard.url + path, { headers: headers[who] });
      const followed = { who, reader, told: [] };
      both.push(followed);
      await hear(followed);
    }
    const [one, other] = both.map(({ told }) => told[0]?.observedAt);
    if (one === other) return both;
    for (const { reader } of both) reader.close();
  }
}

it.each(
  [
    "/api/v1/stream",
    "/api/v1/stream?hub=orders&hubPartitions=true",
    "/api/v1/stream?hub=orders&group=shipping&changes=true",
    "/api/v1/stream?hub=orders&group=billing&store=main&changes=true",
  ].flatMap((path) => firsts.map(([first, then]) => ({ path, first, then }))),
)("tells each of $path what that account sees: first the $first, then the $then", async (asked) => {
  const both = await openBoth(asked.path, [asked.first, asked.then]);
  world.enqueue("orders", "0", 1);
  for (let refresh = 1; refresh <= 3; refresh += 1) await Promise.all(both.map(hear));
  for (const { reader } of both) reader.close();
  const refreshes = both.map(({ told }) => told.map(({ observedAt }) => observedAt));
  expect(refreshes[0]).toEqual(refreshes[1]);
  for (const { who, told } of both) {
    const isOfHidden = who === "narrow" && asked.path.includes("billing");
    for (const { consumerGroups, group, partitions } of told) {
      expect([who, consumerGroups.map(({ name }) => name)]).toEqual([who, seenBy[who]]);
      expect(partitions !== undefined).toBe(asked.path.includes("group=") && !isOfHidden);
      if (isOfHidden) expect(group).toBeUndefined();
    }
    const sums = told.map(({ consumerGroups }) =>
      consumerGroups.reduce((sum, { totalLag }) => sum + (totalLag ?? Number.NaN), 0),
    );
    // What the hub is told to be behind is the sum of what is seen of it.
    expect(told.map(({ eventHub }) => eventHub.totalLag)).toEqual(sums);
  }
});

async function ask(path: string, who: Account, more: Record<string, string> = {}, method = "GET") {
  const answer = await fetch(dashboard.url + path, { method, headers: { ...headers[who], ...more } });
  const tag = answer.headers.get("etag") ?? "";
  return { status: answer.status, tag, text: await answer.text(), headers: answer.headers };
}

it.each(
  ["/api/v1/overview", "/api/v1/event-hubs", "/api/v1/event-hubs/orders"].flatMap((path) =>
    firsts.map(([first, then]) => ({ path, first, then })),
  ),
)("answers each at $path with what that account sees: first the $first, then the $then", async (asked) => {
  const { path, first, then } = asked;
  for (;;) {
    const answers = [await ask(path, first), await ask(path, then), await ask(path, first)];
    const [before, between, after] = answers;
    expect(between?.tag).not.toBe(before?.tag);
    const ofNarrow = first === "narrow" ? [before, after] : [between];
    for (const one of ofNarrow) expect(one?.text).not.toMatch(hidden);
    const ofAdmin = first === "narrow" ? [between] : [before, after];
    if (path !== "/api/v1/event-hubs") for (const one of ofAdmin) expect(one?.text).toContain("billing");
    // Else a refresh came in between, and nothing was kept for the second one.
    if (before?.tag === after?.tag) break;
  }
});

it("answers a HEAD and a GET by what would be sent, in the encoding that is asked for", async () => {
  const path = "/api/v1/event-hubs/orders";
  // A refresh in between has other bytes.
  await vi.waitFor(async () => {
    const sent = await Promise.all(
      ["br", "gzip", "identity"].map((accept) => ask(path, "admin", { "accept-encoding": accept })),
    );
    const tags = sent.map(({ tag }) => tag);
    expect(new Set(tags).size).toBe(3);
    for (const method of ["GET", "HEAD"]) {
      const statuses = await Promise.all(
        [...tags, `W/${tags[0]}`, '"x"'].map(async (tag) => {
          const wanted = { "accept-encoding": "br", "if-none-match": tag };
          const { status, text, headers: told } = await ask(path, "admin", wanted, method);
          expect([told.get("etag"), told.get("vary")]).toEqual([
            tags[0],
            "Cookie, Authorization, Accept-Encoding",
          ]);
          expect(text === "").toBe(method === "HEAD" || status === 304);
          return status;
        }),
      );
      expect([method, statuses]).toEqual([method, [304, 200, 200, 304, 200]]);
    }
  }, 20_000);
});

import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { errorBodySchema } from "#lib/api/errors.ts";
import type { Operation } from "#lib/api/operations/operation.ts";
import { operations } from "#lib/api/operations/operations.ts";
import { makeAccounts } from "#tests/support/fixtures/accounts.ts";
import { createPostgresDatabase } from "#tests/support/fixtures/history.ts";
import { nastyBody, nastyHeaders, nastyNumber, nastyText } from "#tests/support/fixtures/nasty.ts";
import { startDashboard, type TestDashboard } from "#tests/support/worlds/dashboard.ts";
import { type LocalWorld, startLocalWorld } from "#tests/support/worlds/local-world.ts";

const known = ["orders", "billing", "main", "0", "pager", "token-1"];
/** Each caller has a limit per minute. Many callers make sure that requests reach the parsers. */
const callers = makeAccounts(
  Object.fromEntries(
    Array.from({ length: 12 }, (_, index) => [`token-${index}`, { role: "admin" }] as const),
  ),
);
const runsEach = 8;

let world: LocalWorld;
let database: Awaited<ReturnType<typeof createPostgresDatabase>>;
let dashboard: TestDashboard;

beforeAll(async () => {
  // PostgreSQL accepts less than SQLite: no NUL in a text, nothing beyond its types.
  database = await createPostgresDatabase();
  world = await startLocalWorld([
    { name: "orders", partitionCount: 2, consumerGroups: ["billing", "tidemark"] },
  ]);
  world.enqueue("orders", "0", 5);
  dashboard = await startDashboard(
    {
      refreshSeconds: 1,
      eventHubs: [
        world.hubConfig("orders", { consumerGroups: ["billing"], inspectionConsumerGroup: "tidemark" }),
      ],
      alerts: { channels: [{ id: "pager", kind: "webhook", url: "http://127.0.0.1:9/" }] },
      access: { tokens: callers.entries },
    },
    { TIDEMARK_READ_ONLY: "false", DATABASE_URL: database.url },
  );
}, 60_000);

afterAll(async () => {
  await dashboard?.end();
  await world?.stop();
  await database?.drop();
});

interface Told {
  status: number;
  location: string | null;
  text: string;
}

async function ask(path: string, init: RequestInit): Promise<Told> {
  const leaving = new AbortController();
  const response = await fetch(dashboard.url + path, { ...init, redirect: "manual", signal: leaving.signal });
  const { status, headers } = response;
  const location = headers.get("location");
  if (headers.get("content-type")?.startsWith("text/event-stream") !== true) {
    return { status, location, text: await response.text() };
  }
  leaving.abort();
  return { status, location, text: "" };
}

const stack = /\.(ts|tsx|js|mjs|cjs):\d+|\bat \w+ \(|node_modules|\/lib\/|\.next\/|file:\/\//;

function expectCivil({ status, location, text }: Told, isApi: boolean): void {
  expect(status, text).not.toBe(500);
  expect(text).not.toMatch(stack);
  if (location !== null) expect(new URL(location, dashboard.url).origin).toBe(dashboard.url);
  if (status < 400 || !isApi) return;
  const { code } = errorBodySchema.parse(JSON.parse(text)).error;
  // A database that refuses a text must not be reported as out of reach.
  expect(["internal", "historyUnavailable"]).not.toContain(code);
}

const encoded = (text: string) => encodeURIComponent(text.toWellFormed());

function requestOf(operation: Operation) {
  const names = Object.keys(operation.params.shape);
  const asked = Object.keys(operation.query.shape);
  const query = fc.array(
    fc.tuple(
      fc.oneof({ weight: 4, arbitrary: fc.constantFrom("store", ...asked) }, nastyText(known)),
      fc.oneof(nastyNumber, nastyText(known)),
    ),
    { maxLength: 4 },
  );
  return fc.record({
    parts: fc.tuple(...names.map((name) => placeOf(name))),
    query,
    body: operation.method === "post" ? nastyBody(known) : fc.constant(undefined),
    headers: nastyHeaders,
    caller: fc.constantFrom(...Object.values(callers.headers)),
  });
}

/** A reader of one event would refuse without it before looking at anything else. */
function baseOf({ id }: Operation): [string, string][] {
  return id.startsWith("readEvent") ? [["sequenceNumber", "2"]] : [];
}

function placeOf(name: string): fc.Arbitrary<string> {
  const there: Record<string, string> = {
    hub: "orders",
    group: "billing",
    partitionId: "0",
    channel: "pager",
  };
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant(there[name] ?? "none") },
    { weight: 1, arbitrary: nastyText(known) },
  );
}

it.each(Object.values<Operation>(operations).map((operation) => [operation.id, operation] as const))(
  "%s answers any request without a fault of its own",
  async (_, operation) => {
    const isApi = operation.path.startsWith("/api/");
    await fc.assert(
      fc.asyncProperty(requestOf(operation), async ({ parts, query, body, headers, caller }) => {
        const rest = [...parts];
        const path = operation.path.replaceAll(/\{\w+\}/g, () => encoded(rest.shift() ?? ""));
        const search = [...baseOf(operation), ...query]
          .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
          .join("&");
        const told = await ask(`${path}?${search}`, {
          method: operation.method.toUpperCase(),
          headers: { "content-type": "application/json", ...headers, ...caller },
          ...(body === undefined ? {} : { body }),
        });
        expectCivil(told, isApi);
      }),
      { numRuns: operation.method === "post" ? runsEach * 3 : runsEach },
    );
  },
);

it.each(["POST", "PUT"])("answers a %s that is far too large, and then goes on", async (method) => {
  const path = "/api/v1/event-hubs/orders/consumer-groups/billing/resets";
  const headers = { "content-type": "application/json", ...callers.headers["token-0"] };
  for (const mebibytes of [1, 6, 1]) {
    const told = await ask(path, { method, headers, body: `"${"x".repeat(mebibytes * 1024 * 1024)}"` });
    expectCivil(told, true);
    expect(told.status).toBe(method === "POST" ? 413 : 405);
  }
});

it("has found nothing wrong with itself", () => {
  expect(dashboard.output()).not.toMatch(/"level":"(error|fatal)"|UnhandledPromise|⨯/);
});

import { globSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { errorBodySchema } from "#lib/api/errors.ts";
import { activitySchema } from "#lib/api/history.ts";
import type { Operation } from "#lib/api/operations/operation.ts";
import { operations } from "#lib/api/operations/operations.ts";
import { proxySecret, viaProxy } from "#tests/support/fixtures/accounts.ts";
import {
  type Account,
  accounts,
  type Cell,
  openFiles,
  pageTable,
  requests,
  routeTable,
} from "#tests/support/fixtures/route-table.ts";
import { connectTools } from "#tests/support/fixtures/tool-client.ts";
import { startWalkedWorld, type WalkedWorld } from "#tests/support/worlds/walked-world.ts";

const root = join(import.meta.dirname, "../../../..");
const find = (pattern: string, cwd: string) => globSync(pattern, { cwd: join(root, cwd) });
const addressOf = (file: string) =>
  `/${file.replaceAll(/\(\w+\)\//g, "").replace(/\/?(route|page)\.tsx?$/, "")}`;
const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
/** These are refused before anybody looks at the caller. */
const unknownMethods: readonly string[] = ["OPTIONS", "SEARCH"];
const statuses: Partial<Record<Cell, number>> = {
  unauthenticated: 401,
  forbidden: 403,
  readOnly: 403,
  notFound: 404,
  methodNotAllowed: 405,
  planGone: 409,
  deviceSignInUnavailable: 404,
  conflict: 409,
};
const statusOf = (cell: Cell) => (typeof cell === "number" ? cell : statuses[cell]);
const all = Object.values<Operation>(operations);
const rows = all.flatMap((operation) => {
  const cells = routeTable[operation.id as keyof typeof operations];
  return accounts.map((account, index) => ({ operation, account, cell: cells[index] as Cell }));
});

let world: WalkedWorld;
beforeAll(async () => {
  world = await startWalkedWorld();
}, 60_000);
afterAll(() => world?.stop());

function filled(path: string): string {
  const { reset, plan } = world.ids;
  const values: Record<string, string> = {
    hub: "orders",
    group: "billing",
    channel: "pager",
    partitionId: "0",
    page: "figures",
  };
  const isNumbered = /incidents|silences/.test(path);
  const id = isNumbered ? "4711" : path.includes("plans") ? plan : reset;
  return path.replaceAll(/[{[](\w+)[}\]]/g, (_, name: string) => values[name] ?? id);
}

async function ask(account: Account, path: string, init: RequestInit = {}) {
  const leaving = new AbortController();
  const response = await fetch(world.baseOf(account) + filled(path), {
    redirect: "manual",
    signal: leaving.signal,
    ...init,
    headers: { ...world.headersOf(account), ...init.headers },
  });
  const isStream = response.headers.get("content-type")?.startsWith("text/event-stream") === true;
  const text = isStream ? "" : await response.text();
  if (isStream) leaving.abort();
  expect(text).not.toContain(proxySecret);
  return { status: response.status, text, headers: response.headers };
}

/** Two people: the activity keeps 40 different refusals of one within a minute, and there are more routes. */
const strangerAt = ({ method }: Operation) => (method === "get" ? "stranger" : "another stranger");

function run(operation: Operation, account: Account, method = operation.method.toUpperCase()) {
  const { query = "", body } = requests[operation.id as keyof typeof operations] ?? {};
  const isSent = body !== undefined && method !== "HEAD";
  return ask(account, operation.path + query, {
    method,
    ...(isSent && { body: JSON.stringify(body) }),
    headers: {
      ...(account === "noRole" && viaProxy(strangerAt(operation))),
      ...(isSent && { "content-type": "application/json" }),
    },
  });
}

const codeOf = (text: string) => errorBodySchema.parse(JSON.parse(text)).error.code;

describe("the table", () => {
  it("has a row for every route and every page", () => {
    expect(Object.keys(routeTable).sort()).toEqual(Object.keys(operations).sort());
    const routes = find("**/route.ts", "app").map(addressOf);
    const described = all.map(({ path }) => path.replaceAll("{", "[").replaceAll("}", "]"));
    expect(routes.sort()).toEqual([...new Set(described), "/api/[...rest]", "/mcp"].sort());
    const pages = find("**/page.tsx", "app").filter((file) => !file.startsWith("@crumbs"));
    expect(pages.map(addressOf).sort()).toEqual(Object.keys(pageTable).sort());
  });

  it("opens only the probes to whoever is signed out", () => {
    const open = rows.filter(({ account, cell }) => account === "signedOut" && typeof cell === "number");
    expect(open.map(({ operation }) => operation.path)).toEqual(["/healthz", "/readyz"]);
  });
});

describe("every route", () => {
  it.each(accounts)("answers %s as the table says, and names nothing out of their sight", async (who) => {
    for (const { operation, cell } of rows.filter(({ account }) => account === who)) {
      const { status, text } = await run(operation, who);
      const told = typeof cell === "number" ? status : codeOf(text);
      expect([operation.id, told, status]).toEqual([operation.id, cell, statusOf(cell)]);
      if (who.startsWith("other") && status < 300) expect(text, operation.id).not.toContain("billing");
    }
  });

  it("puts refusals by role and by read-only mode into the activity", async () => {
    const expected = rows.filter(({ cell }) => cell === "forbidden" || cell === "readOnly");
    expect(expected.length).toBeGreaterThan(30);
    for (const account of ["admin", "readOnly"] as const) {
      const told = async () => {
        const { entries } = activitySchema.parse(
          JSON.parse((await ask(account, "/api/v1/activity?limit=500")).text),
        );
        return entries.flatMap(({ actor, action, outcome, details }) =>
          outcome === "refused" ? [`${actor} ${action} ${details.code}`] : [],
        );
      };
      const wanted = expected
        .filter((row) => (row.account === "readOnly") === (account === "readOnly"))
        .map((row) => {
          const actor = row.account === "noRole" ? strangerAt(row.operation) : `token ${row.account}`;
          return `${account === "readOnly" ? "token admin" : actor} ${row.operation.id} ${row.cell}`;
        });
      await expect.poll(told).toEqual(expect.arrayContaining(wanted));
    }
  });

  it("takes no method that it does not list", async () => {
    for (const path of new Set(all.map((operation) => operation.path))) {
      const listed = all.filter((operation) => operation.path === path);
      for (const method of [...methods, ...unknownMethods]) {
        if (listed.some((operation) => operation.method.toUpperCase() === method)) continue;
        const { status, text } = await ask("admin", path, { method });
        expect([path, method, status, codeOf(text)]).toEqual([path, method, 405, "methodNotAllowed"]);
        const outside = (await ask("signedOut", path, { method })).status;
        const isAsked = path.startsWith("/api/") && !unknownMethods.includes(method);
        expect([path, method, outside]).toEqual([path, method, isAsked ? 401 : 405]);
      }
    }
  });

  it("answers HEAD as GET, without its body", async () => {
    for (const who of ["signedOut", "viewer", "admin"] as const) {
      for (const { operation, cell } of rows.filter(({ account }) => account === who)) {
        const isGot = all.some(({ path, method }) => path === operation.path && method === "get");
        if (isGot && operation.method === "post") continue;
        const { status, text } = await run(operation, who, "HEAD");
        const expected = isGot ? statusOf(cell) : who === "signedOut" ? 401 : 405;
        expect([operation.id, who, status, text]).toEqual([operation.id, who, expected, ""]);
      }
    }
  });

  it("answers that nothing has changed only to those who may see it, and each by what they see", async () => {
    const kept = [
      "/api/v1/overview",
      "/api/v1/event-hubs",
      "/api/v1/event-hubs/{hub}",
      "/api/v1/event-hubs/{hub}/consumer-groups/{group}",
      "/api/v1/event-hubs/{hub}/consumer-groups/{group}/scaling",
      "/api/v1/event-hubs/{hub}/diagnosis",
    ];
    for (const path of kept) {
      const etag = (await ask("admin", path)).headers.get("etag") ?? "";
      expect(etag, path).toMatch(/^"[\w-]+"$/);
      const row = rows.filter(({ operation }) => operation.path === path && operation.method === "get");
      for (const { account, cell } of row) {
        const known = await ask(account, path, { headers: { "if-none-match": "*" } });
        const expected = typeof cell === "number" ? 304 : statusOf(cell);
        expect([path, account, known.status]).toEqual([path, account, expected]);
        if (!account.startsWith("other") || typeof cell !== "number") continue;
        const theirs = await ask(account, path, { headers: { "if-none-match": etag } });
        expect([path, account, theirs.status]).toEqual([path, account, 200]);
        expect(theirs.text, path).not.toContain("billing");
      }
      const { status, headers } = await ask("admin", path, {
        method: "HEAD",
        headers: { "if-none-match": "*" },
      });
      expect([status, headers.get("cache-control")]).toEqual([304, "private, no-cache"]);
    }
  });

  it.each(methods)("answers %s with the error body when there is no route", async (method) => {
    expect(codeOf((await ask("admin", "/api/v1/nothing/here", { method })).text)).toBe("notFound");
    expect(codeOf((await ask("signedOut", "/api/v1/nothing/here", { method })).text)).toBe("unauthenticated");
  });
});

describe("the tools", () => {
  const place = { hub: "orders", group: "billing" };
  const toolTable = [
    ["overview", {}, routeTable.getOverview],
    ["group", place, routeTable.getConsumerGroup],
    ["diagnosis", { hub: "orders" }, routeTable.getDiagnosis],
    ["read_event", { ...place, partitionId: "0", sequenceNumber: 0 }, routeTable.readEvent],
    ["plan_reset", { ...place, partitions: "all", target: { kind: "earliest" } }, routeTable.previewReset],
    ["plan_move", { ...place, partitions: "all" }, routeTable.previewMove],
    ["plan_cleanup", place, routeTable.previewCleanup],
    ["plan_group_move", requests.previewGroupMove?.body, routeTable.previewGroupMove],
    ["group_move", { id: "none" }, routeTable.getGroupMove],
    ["stop_group_move", { id: "none" }, routeTable.stopGroupMove],
    ["undo_group_move", { id: "none" }, routeTable.undoGroupMove],
  ] as const;

  it.each(accounts)("answer %s as the routes of their operations do", async (who) => {
    if (who === "signedOut") {
      expect((await ask(who, "/mcp", { method: "POST" })).status).toBe(401);
      return;
    }
    const { call, client } = await connectTools(world.baseOf(who), world.headersOf(who), null);
    for (const [name, given, cells] of toolTable) {
      const { isError, data, raw } = await call(name, { ...given });
      const cell = cells[accounts.indexOf(who)];
      expect([name, isError ? data.code : "told"]).toEqual([name, typeof cell === "number" ? "told" : cell]);
      if (who.startsWith("other") && !isError) expect(raw, name).not.toContain("billing");
    }
    await client.close();
  });
});

describe("every page", () => {
  // Pages only show things, so read-only mode looks the same to an admin.
  it.each(accounts.filter((account) => account !== "readOnly"))(
    "shows %s what the table says",
    async (who) => {
      for (const [path, cells] of Object.entries(pageTable)) {
        const { status, text } = await ask(who, path, { headers: { accept: "text/html" } });
        const isRefused = text.includes("This page is not for your role");
        expect([path, isRefused ? "refused" : status]).toEqual([path, cells[accounts.indexOf(who)]]);
        const isHidden = isRefused || status !== 200 || who.startsWith("other");
        if (isHidden && !path.includes("[group]")) expect(text, path).not.toContain("billing");
      }
    },
  );
});

describe("every file under public", () => {
  const files = find("**/*.*", "public");

  it("is for those inside, except for the few that the page outside needs", async () => {
    expect(files.length).toBeGreaterThan(8);
    for (const file of files) {
      const isOpen = openFiles.test(file);
      for (const [who, inside] of [
        ["signedOut", 401],
        ["noRole", 403],
        ["viewer", 200],
      ] as const) {
        const { status } = await ask(who, `/${file}`);
        expect([file, who, status]).toEqual([file, who, isOpen ? 200 : inside]);
      }
    }
  });

  it("is shown to nobody in another shape", async () => {
    const image = "/_next/image?url=%2Fhelp%2Foverview-light.webp&w=64&q=75";
    expect((await ask("signedOut", image)).status).toBe(401);
    expect((await ask("viewer", image)).status).toBe(404);
  });
});

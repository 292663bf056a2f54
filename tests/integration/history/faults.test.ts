import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { sql } from "kysely";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Fault } from "#lib/api/errors.ts";
import { Secret } from "#lib/core/secret.ts";
import type { History } from "#lib/history/history.ts";
import { decodeChunk } from "#lib/history/samples/codec.ts";
import { defaultRetention } from "#lib/history/samples/tiers.ts";
import { Database } from "#lib/history/storage/database.ts";
import type { DatabaseAddress } from "#lib/history/storage/engine.ts";
import { Recorder } from "#lib/history/writing/recorder.ts";
import { newFolder, newPostgresDatabase, onPostgres, openHistory } from "#tests/support/fixtures/history.ts";
import { group, hub, refresh } from "#tests/support/fixtures/refresh.ts";

const start = Date.UTC(2026, 0, 15, 12);
const waiting = { timeout: 15_000, interval: 20 };

async function watched(address: DatabaseAddress): Promise<{ history: History; told: (Fault | null)[] }> {
  const told: (Fault | null)[] = [];
  const history = await openHistory(address, {
    onFault: (fault) => told.push(fault),
    clock: () => start + 60_000,
  });
  return { history, told };
}

function lags(history: History): Promise<(number | null)[]> {
  return history
    .points({ hub, group, from: start, to: start + 40_000, points: 100, partition: undefined })
    .then(({ points }) => points.map(({ lag }) => lag));
}

async function goesOn(
  { history, told }: { history: History; told: (Fault | null)[] },
  fault: { words: RegExp; begin(): void | Promise<void>; end(): void | Promise<void>; isReadable?: boolean },
): Promise<void> {
  history.record(refresh({ at: start, lags: [1] }));
  await history.written();
  await fault.begin();
  history.record(refresh({ at: start + 10_000, lags: [2] }));
  await expect.poll(() => history.fault?.message, waiting).toMatch(fault.words);
  history.record(refresh({ at: start + 20_000, lags: [3] }));
  expect((await lags(history)).slice(0, 3)).toEqual([1, 2, 3]);
  await fault.end();
  history.record(refresh({ at: start + 30_000, lags: [4] }));
  await expect.poll(() => history.fault, waiting).toBeNull();
  await history.written();
  expect(await lags(history)).toEqual([1, 2, 3, 4]);
  expect(told.map((each) => each?.code ?? null)).toEqual(["historyUnavailable", null]);
}

describe("the embedded database", () => {
  it("is locked by another program", async () => {
    const folder = newFolder();
    const world = await watched({ kind: "sqlite", folder });
    let other: DatabaseSync | undefined;
    await goesOn(world, {
      words: /another program holds it locked/,
      begin: () => {
        other = new DatabaseSync(join(folder, "tidemark.sqlite"));
        other.exec("begin exclusive");
      },
      end: () => other?.close(),
    });
  });

  it.each([
    ["is on a disk that is full", "pragma max_page_count = 1", /the disk is full/],
    ["is on a disk that turned read-only", "pragma query_only = 1", /read-only/],
  ])("%s", async (_, pragma, words) => {
    const database = new Database({ kind: "sqlite", folder: newFolder() });
    const told: (Fault | null)[] = [];
    const recorder = new Recorder(database, {
      refreshSeconds: 10,
      retention: defaultRetention,
      clock: () => start,
      onFault: (fault) => told.push(fault),
    });
    onTestFinished(() => recorder.stop().then(() => database.close()));
    const { db } = await database.engine();
    await sql.raw(pragma).execute(db);
    const wide = Array.from({ length: 2_000 }, (_each, index) => index * 1_000_003);
    recorder.record(refresh({ at: start, lags: wide }));
    await expect.poll(() => told[0]?.message, waiting).toMatch(words);
    await recorder.written();
    expect(told).toHaveLength(2);
    const stored = await (await database.engine()).db.selectFrom("chunks").select("data").execute();
    expect(stored.map(({ data }) => decodeChunk(data, start, [1_999])[0]?.partitions[0]?.value)).toContain(
      1_999 * 1_000_003,
    );
  });

  it("was deleted, and is created anew", async () => {
    const folder = newFolder();
    const { history, told } = await watched({ kind: "sqlite", folder });
    history.record(refresh({ at: start, lags: [1] }));
    await history.written();
    for (const end of ["", "-wal", "-shm"]) rmSync(join(folder, `tidemark.sqlite${end}`), { force: true });
    history.record(refresh({ at: start + 10_000, lags: [2] }));
    await history.written();
    expect(await lags(history)).toEqual([null, 2, 2, null]);
    expect(told).toEqual([]);
  });

  it("is missing at the start because something else has the folder's name", async () => {
    const folder = join(newFolder(), "data");
    writeFileSync(folder, "");
    const { history, told } = await watched({ kind: "sqlite", folder });
    expect(history.fault?.message).toMatch(/folder's path is a file/);
    history.record(refresh({ at: start, lags: [1] }));
    expect((await lags(history))[0]).toBe(1);
    renameSync(folder, `${folder}-away`);
    await history.written();
    expect((await lags(history))[0]).toBe(1);
    expect(told).toHaveLength(2);
  });

  it("is damaged: this is told in words, and it is new once the file is moved away", async () => {
    const folder = newFolder();
    mkdirSync(folder, { recursive: true });
    const file = join(folder, "tidemark.sqlite");
    writeFileSync(file, "this is no database, and long enough to be taken for one".repeat(100));
    const { history } = await watched({ kind: "sqlite", folder });
    expect(history.fault?.message).toMatch(/is no database; move it away/);
    history.record(refresh({ at: start, lags: [1] }));
    renameSync(file, `${file}-away`);
    await history.written();
    expect(history.fault).toBeNull();
  });
});

describe("PostgreSQL", () => {
  it("is lost and comes back", async () => {
    const url = await newPostgresDatabase();
    const way = await wayTo(url);
    await goesOn(await watched({ kind: "postgres", url: way.url }), {
      words: /nothing listens there|the connection broke|it failed with/,
      begin: way.cut,
      end: way.mend,
    });
  });

  it("refuses one refresh for good: that one is left out and told once, and the next ones are written", async () => {
    const { history, told } = await watched({ kind: "postgres", url: await newPostgresDatabase() });
    const owner = (ownerId: string) => ({
      ownerId,
      state: "active" as const,
      lastRenewedAt: new Date(start).toISOString(),
    });
    history.record(refresh({ at: start, lags: [1] }));
    history.record(refresh({ at: start + 10_000, lags: [2], owners: [owner("a\u0000b")] }));
    history.record(refresh({ at: start + 20_000, lags: [3], owners: [owner("a\u0000b")] }));
    history.record(refresh({ at: start + 30_000, lags: [4], owners: [owner("ab")] }));
    await history.written();
    expect(history.fault).toBeNull();
    const { points } = await history.points({ hub, group, from: start, to: start + 40_000, points: 4 });
    expect(points.map(({ lag }) => lag)).toEqual([1, 1, null, 4]);
    expect(told.map((fault) => fault?.message)).toEqual([
      expect.stringMatching(/orders .22021.: that is left out/),
    ]);
  });

  it("takes no writes", async () => {
    const url = await newPostgresDatabase();
    const name = new URL(url.reveal()).pathname.slice(1);
    const world = await watched({ kind: "postgres", url });
    const set = async (value: string) => {
      await onPostgres(`alter database ${name} set default_transaction_read_only = ${value}`);
      await onPostgres(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);
    };
    await goesOn(world, {
      words: /takes no writes|was stopped|connection/,
      begin: () => set("on"),
      end: () => set("off"),
    });
  });
});

async function wayTo(url: Secret): Promise<{ url: Secret; cut(): void; mend(): Promise<void> }> {
  const real = new URL(url.reveal());
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(real.port), real.hostname);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  const listen = (port: number) =>
    new Promise<void>((resolve) => server.listen(port, "127.0.0.1", () => resolve()));
  const cut = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  await listen(0);
  onTestFinished(cut);
  const { port } = server.address() as AddressInfo;
  const through = new URL(real);
  through.port = String(port);
  return { url: new Secret(through.href), cut, mend: () => listen(port) };
}

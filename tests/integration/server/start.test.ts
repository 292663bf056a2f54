import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished, vi } from "vitest";
import { startSilentService } from "#tests/support/proxies/silent-service.ts";
import { readEvents } from "#tests/support/server-sent-events.ts";
import { runToEnd, startDashboard } from "#tests/support/worlds/dashboard.ts";
import { startLocalWorld } from "#tests/support/worlds/local-world.ts";

function configFile(content: string): string {
  const folder = mkdtempSync(join(tmpdir(), "tidemark-config-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "config.json");
  writeFileSync(file, content);
  return file;
}

it("tells all faults of a configuration in one message, with exit code 1", async () => {
  const file = configFile(
    `{"eventHubs": [{"connectionString": "\${NOT_SET}", "checkpointStores": [], "colour": 1}]}`,
  );
  const env = { TIDEMARK_CONFIG: file, PORT: "x", HOSTNAME: "0.0.0.0", TIDEMARK_LOG_LEVEL: "loud" };
  const { code, stderr } = await runToEnd(env);
  expect(code).toBe(1);
  for (const part of ["NOT_SET", "checkpointStores", '"colour"', "PORT", "HOSTNAME", "TIDEMARK_LOG_LEVEL"]) {
    expect(stderr).toContain(part);
  }
});

async function runOnTakenPort(env: Record<string, string> = {}) {
  const other = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void other.close());
  await vi.waitFor(() => expect(other.listening).toBe(true));
  const { port } = other.address() as AddressInfo;
  const ended = await runToEnd({
    EVENTHUB_CONNECTION_STRING:
      "Endpoint=sb://localhost:1;SharedAccessKeyName=a;SharedAccessKey=b;UseDevelopmentEmulator=true",
    EVENTHUB_NAME: "orders",
    STORAGE_CONNECTION_STRING: "UseDevelopmentStorage=true",
    CHECKPOINT_CONTAINER: "checkpoints",
    PORT: String(port),
    ...env,
  });
  return { port, ...ended };
}

it("says which port is in use, with exit code 1", async () => {
  const data = join(tmpdir(), `tidemark-never-${randomUUID()}`);
  const { port, code, stderr } = await runOnTakenPort({ TIDEMARK_DATA_DIR: data });
  expect(code).toBe(1);
  expect(stderr).toMatch(new RegExp(`^Port ${port} on 127\\.0\\.0\\.1 is in use: .*\\n$`));
  expect(existsSync(data)).toBe(false);
});

it("tells how it is started when asked for help, and refuses other arguments", async () => {
  const asked = await runToEnd({}, ["--help"]);
  expect(asked).toMatchObject({ code: 0, stderr: "" });
  expect(asked.stdout).toContain("PORT=3001 npm start");
  const wrong = await runToEnd({}, ["--port", "3001"]);
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toContain("takes no arguments; it got --port 3001.");
});

it("names an unknown variable without its value, and goes on", async () => {
  const { stderr } = await runOnTakenPort({ TIDEMARK_READONLY: "not-to-be-told" });
  const [warning = "", next] = stderr.split("\n");
  expect(JSON.parse(warning)).toMatchObject({ level: "warn", variables: ["TIDEMARK_READONLY"] });
  expect(next).toContain("is in use");
  expect(stderr).not.toContain("not-to-be-told");
});

it("ends within seconds on SIGTERM, with a stream open and a hub that never answers", async () => {
  const world = await startLocalWorld([{ name: "orders", partitionCount: 1 }]);
  onTestFinished(() => world.stop());
  const silent = await startSilentService();
  onTestFinished(() => silent.stop());
  const dashboard = await startDashboard({
    refreshSeconds: 1,
    eventHubs: [
      world.hubConfig("orders"),
      world.hubConfig("orders", {
        id: "silent",
        connectionString: silent.connectionString,
      }),
    ],
  });
  const events = await readEvents(`${dashboard.url}/api/v1/stream`);
  await events.next("snapshot");
  const startedAt = performance.now();
  const { code } = await dashboard.end("SIGTERM");
  expect(code).toBe(0);
  expect(performance.now() - startedAt).toBeLessThan(10_000);
});

it("serves only this machine unless told so", async () => {
  const world = await startLocalWorld([{ name: "orders", partitionCount: 1 }]);
  onTestFinished(() => world.stop());
  const config = { eventHubs: [world.hubConfig("orders")] };
  await expect(startDashboard(config, { HOSTNAME: "0.0.0.0" })).rejects.toThrow("TIDEMARK_ALLOW_ANONYMOUS");
  const open = await startDashboard(config, { HOSTNAME: "0.0.0.0", TIDEMARK_ALLOW_ANONYMOUS: "true" });
  expect((await fetch(`${open.url.replace("0.0.0.0", "127.0.0.1")}/healthz`)).status).toBe(200);
  expect((await open.end("SIGINT")).code).toBe(0);
});

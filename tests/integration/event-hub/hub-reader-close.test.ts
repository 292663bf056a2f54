import { execFile } from "node:child_process";
import { createServer, type Socket } from "node:net";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { createHubReader } from "#lib/event-hub/hub-reader.ts";
import { startLocalEventHubs } from "#lib/sandbox/local-event-hubs.ts";

const script = `
  import { createHubReader } from "#lib/event-hub/hub-reader.ts";
  const [connectionString] = process.argv.slice(1);
  const reader = createHubReader({ connectionString, eventHubName: "orders" });
  const { requests } = await reader.read();
  await reader.close();
  console.log(requests);
`;

it("leaves no handle open: a process ends by itself once its reader is closed", async () => {
  const hubs = await startLocalEventHubs({ eventHubs: [{ name: "orders", partitionCount: 4 }] });
  const run = promisify(execFile);
  const args = ["--input-type=module", "--eval", script, "--", hubs.connectionString];
  const { stdout } = await run(process.execPath, args, { cwd: process.cwd(), timeout: 15_000 });
  await hubs.stop();
  expect(stdout).toBe("5\n");
});

it("refuses to read once it is closed, and can be closed twice", async () => {
  const connectionString =
    "Endpoint=sb://localhost:1;SharedAccessKeyName=a;SharedAccessKey=b;UseDevelopmentEmulator=true;";
  const reader = createHubReader({ connectionString, eventHubName: "orders" });
  await reader.close();
  await reader.close();
  await expect(reader.read()).rejects.toMatchObject({
    code: "azureFailed",
    message: expect.stringMatching(/was closed/),
  });
});

it("gives up on a service that takes the connection and says nothing, and lets go of its socket", async () => {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.resume().on("close", () => sockets.delete(socket));
    socket.on("error", () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const connectionString = `Endpoint=sb://localhost:${port};SharedAccessKeyName=a;SharedAccessKey=b;UseDevelopmentEmulator=true;`;
  const reader = createHubReader({ connectionString, eventHubName: "orders", timeoutMs: 300 });

  await expect(reader.read()).rejects.toMatchObject({ code: "azureTimeout", retryable: true });
  await expect(reader.read()).rejects.toMatchObject({ code: "azureTimeout", retryable: true });
  await reader.close();
  await expect.poll(() => sockets.size).toBe(0);
  await new Promise((resolve) => server.close(resolve));
});

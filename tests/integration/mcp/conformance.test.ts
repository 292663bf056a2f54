import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it, onTestFinished } from "vitest";
import { toolHandler } from "#lib/mcp/handler.ts";
import { registerConformanceFixtures } from "./conformance-tools.ts";
import { startToolEndpoint } from "./tool-endpoint.ts";

const suite = "node_modules/@modelcontextprotocol/conformance/dist/index.js";
const needsSession = join(import.meta.dirname, "needs-session.yml");

it("serves what the official conformance suite brings, through the product's own door and handler", async () => {
  const endpoint = await startToolEndpoint(toolHandler(registerConformanceFixtures));
  onTestFinished(() => endpoint.stop());
  // The suite exits with 1 when a check fails, and when a check listed as one that needs a session passes.
  const { stdout } = await promisify(execFile)(process.execPath, [
    suite,
    ...["server", "--url", endpoint.url, "--expected-failures", needsSession],
  ]);
  expect(stdout.match(/^✓ .*: [1-9] passed, 0 failed$/gm)?.length).toBe(25);
}, 60_000);

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { Planted } from "#tests/support/fixtures/planted.ts";
import { runToEnd } from "#tests/support/worlds/dashboard.ts";

const planted = new Planted();

function fileOf(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "tidemark-secrets-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "config.json");
  writeFileSync(file, text);
  return file;
}

const store = { connectionString: "UseDevelopmentStorage=true", container: "c" };
const hub = {
  connectionString: "Endpoint=sb://a;SharedAccessKeyName=a;SharedAccessKey=b",
  eventHubName: "a",
};

const faulty: Record<string, () => { config: object; told: string[] }> = {
  "channels and tokens": () => ({
    config: {
      eventHubs: [{ ...hub, checkpointStores: [store] }],
      alerts: {
        channels: [
          { id: "a", kind: "webhook", url: `ftp://hooks/${planted.plant("faultyHook")}` },
          { id: "b", kind: "slack", url: "https://hooks.example", secret: planted.plant("needlessSecret") },
        ],
      },
      access: {
        tokens: [{ name: "t", sha256: planted.plant("tokenForHash"), role: "viewer", expiresAt: "soon" }],
      },
    },
    told: ["channels[0].url", "sha256", "expiresAt"],
  }),
  "connection strings": () => {
    const signed = `?sig=${planted.plant("faultySas", encodeURIComponent)}`;
    const stores = [
      { containerUrl: `https://a.blob.core.windows.net/c${signed}` },
      { connectionString: `AccountKey=${planted.plant("faultyStorageKey")}`, container: "c" },
    ];
    const connectionString = `Endpoint=nonsense;SharedAccessKey=${planted.plant("faultyHubKey")}`;
    return {
      config: {
        eventHubs: [
          { ...hub, checkpointStores: stores },
          { id: "b", connectionString, checkpointStores: [store] },
        ],
      },
      told: [
        "checkpointStores[0].containerUrl",
        "checkpointStores[1].connectionString",
        "eventHubs[1].connectionString",
      ],
    };
  },
};

it.each(Object.keys(faulty))(
  "a start that fails by its %s tells what is wrong, and no secret",
  async (name) => {
    const { config, told } = faulty[name]?.() ?? { config: {}, told: [] };
    const { code, stdout, stderr } = await runToEnd({
      TIDEMARK_CONFIG: fileOf(JSON.stringify(config)),
      DATABASE_URL: `mysql://user:${planted.plant("faultyPassword", encodeURIComponent)}@host/db`,
      TIDEMARK_AUTH: "oidc",
      TIDEMARK_PUBLIC_URL: `https://user:${planted.plant("publicPassword", encodeURIComponent)}@host/path`,
      TIDEMARK_OIDC_ISSUER: `https://user:${planted.plant("issuerPassword", encodeURIComponent)}@host/?a=b`,
      TIDEMARK_SESSION_SECRET: planted.plant("short", (text) => text.slice(0, 24)),
    });
    expect(code).toBe(1);
    const environment = ["DATABASE_URL", "TIDEMARK_OIDC_ISSUER", "TIDEMARK_SESSION_SECRET"];
    for (const part of [...told, ...environment]) expect(stderr).toContain(part);
    expect(planted.foundIn(stdout + stderr)).toEqual([]);
  },
);

it("a file that is not JSON is told by the place of its fault, without its content", async () => {
  const key = planted.plant("unquoted");
  const file = fileOf(`{"eventHubs": [{"connectionString": "Endpoint=sb://a;SharedAccessKey="${key}"}]}`);
  const { code, stdout, stderr } = await runToEnd({ TIDEMARK_CONFIG: file });
  expect([code, planted.foundIn(stdout + stderr)]).toEqual([1, []]);
  expect(stderr).toMatch(/line 1, column \d+/);
  expect(stderr).not.toContain(key.slice(0, 8));
});

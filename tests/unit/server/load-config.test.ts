import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { inspect } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadConfig } from "#lib/server/config/load-config.ts";
import { hubString, key, load, problems, storageString, store } from "./loading.ts";

// The folder of the tests may hold a configuration of its own.
const home = process.cwd();
const empty = mkdtempSync(join(tmpdir(), "tidemark-config-"));
beforeAll(() => process.chdir(empty));
afterAll(() => {
  process.chdir(home);
  rmSync(empty, { recursive: true });
});

describe("a good configuration", () => {
  it("takes the namespace from the connection string's host, without the port", () => {
    const hub = load({ eventHubs: [{ connectionString: hubString, checkpointStores: [store] }] })
      .eventHubs[0];
    expect(hub).toMatchObject({
      id: "orders",
      fullyQualifiedNamespace: "contoso.servicebus.windows.net",
      eventHubName: "orders",
    });
    expect(hub?.checkpointStores[0]).toMatchObject({
      id: "checkpoints",
      containerUrl: "https://contoso.blob.core.windows.net/checkpoints",
      formats: ["common", "functions", "dapr"],
    });
  });

  it("replaces variables inside any string", () => {
    const config = load(
      { eventHubs: [{ connectionString: `\${HUB}`, checkpointStores: [store], id: `x-\${NAME}` }] },
      { HUB: hubString, NAME: "y" },
    );
    expect(config.eventHubs[0]?.id).toBe("x-y");
  });

  it("prints no secret", () => {
    const config = load({ eventHubs: [{ connectionString: hubString, checkpointStores: [store] }] });
    expect(JSON.stringify(config) + inspect(config, { depth: 9 })).not.toContain(key);
  });

  it("takes one hub from the environment when there is no file", () => {
    const config = loadConfig({
      EVENTHUB_NAMESPACE: "contoso.servicebus.windows.net",
      EVENTHUB_NAME: "orders",
      STORAGE_ACCOUNT_URL: "https://contoso.blob.core.windows.net/",
      CHECKPOINT_CONTAINER: "checkpoints",
    });
    expect(config.refreshSeconds).toBe(10);
    expect(config.eventHubs[0]?.checkpointStores[0]?.containerUrl).toBe(
      "https://contoso.blob.core.windows.net/checkpoints",
    );
  });
});

describe("a place that is looked up", () => {
  it("can be a store given as an account, known by the account's name", () => {
    const urls = [
      { accountUrl: "https://contoso.blob.core.windows.net/" },
      { connectionString: storageString.replace("contoso", "fabrikam") },
      { accountUrl: "https://127.0.0.1:10000/devstoreaccount1", id: "third" },
    ];
    const { eventHubs } = load({ eventHubs: [{ connectionString: hubString, checkpointStores: urls }] });
    expect(
      eventHubs[0]?.checkpointStores.map(({ id, isAccount, containerUrl, containerName }) => [
        id,
        isAccount,
        containerUrl,
        containerName,
      ]),
    ).toEqual([
      ["contoso", true, "https://contoso.blob.core.windows.net", ""],
      ["fabrikam", true, "https://fabrikam.blob.core.windows.net", ""],
      ["third", true, "https://127.0.0.1:10000/devstoreaccount1", ""],
    ]);
  });

  it("can be a namespace without a hub's name, with where Azure knows it", () => {
    const subscriptionId = "00000000-0000-4000-8000-000000000000";
    const entry = {
      fullyQualifiedNamespace: "Contoso.servicebus.windows.net",
      checkpointStores: [store],
      subscriptionId,
      resourceGroup: "streams",
    };
    const { eventHubs, namespaces } = load({ eventHubs: [entry, { ...entry, eventHubName: "orders" }] });
    expect(namespaces).toMatchObject([
      {
        id: null,
        fullyQualifiedNamespace: "contoso.servicebus.windows.net",
        resource: { subscriptionId, resourceGroup: "streams", resourceManagerUrl: null },
      },
    ]);
    expect(eventHubs.map(({ id, resource }) => [id, resource?.resourceGroup])).toEqual([
      ["orders", "streams"],
    ]);
  });

  it("is refused when a layout names no hub, or only half of a place is given", () => {
    const found = problems(() =>
      load({
        eventHubs: [
          {
            fullyQualifiedNamespace: "a.servicebus.windows.net",
            resourceGroup: "streams",
            checkpointStores: [
              { ...store, formats: ["eph"] },
              { connectionString: storageString, formats: ["eph"], id: "x" },
              { connectionString: storageString, accountUrl: "https://contoso.blob.core.windows.net" },
            ],
          },
        ],
      }),
    );
    expect(found).toEqual([
      "eventHubs[0].checkpointStores[1].container: is missing; the eph layout needs to be told which container it is in",
      "eventHubs[0].checkpointStores[2]: give one of containerUrl, connectionString and accountUrl",
      "eventHubs[0].subscriptionId: is missing; resourceGroup needs it",
      "eventHubs[0].checkpointStores[0].formats: the eph layout names no hub; give eventHubName",
      "eventHubs[0].checkpointStores[1].formats: the eph layout names no hub; give eventHubName",
    ]);
  });
});

describe("the history's place", () => {
  const file = { eventHubs: [{ connectionString: hubString, checkpointStores: [store] }] };

  it("is a folder, or a database with a secret URL", () => {
    expect(load(file).history).toMatchObject({
      dataDir: resolve(".tidemark"),
      databaseUrl: null,
      rawDays: 2,
    });
    const url = `postgres://tidemark:${key}@db.example:5432/tidemark`;
    const config = load(
      { ...file, history: { hourDays: 30 } },
      { TIDEMARK_DATA_DIR: "/data", DATABASE_URL: url },
    );
    expect(config.history).toMatchObject({ dataDir: "/data", hourDays: 30, minuteDays: 30 });
    expect(config.history.databaseUrl?.reveal()).toBe(url);
    expect(JSON.stringify(config) + inspect(config, { depth: 9 })).not.toContain(key);
  });

  it.each([`mysql://u:${key}@h/d`, `${key}`])("must be PostgreSQL when it is a URL", (url) => {
    expect(problems(() => load(file, { DATABASE_URL: url }))[0]).toMatch(/^DATABASE_URL: must be a URL/);
  });
});

describe("a faulty configuration tells all of its faults at once", () => {
  it("lists each with its path", () => {
    const found = problems(() =>
      load(
        {
          refreshSeconds: 0,
          colour: "red",
          eventHubs: [{ connectionString: `\${MISSING}`, checkpointStores: [{ container: 5 }] }],
        },
        { PORT: "http", HOSTNAME: "0.0.0.0", TIDEMARK_READ_ONLY: "maybe" },
      ),
    );
    const text = found.join("\n");
    for (const part of [
      "refreshSeconds:",
      '"colour"',
      'eventHubs[0].connectionString: the environment variable "MISSING" is not set',
      "eventHubs[0].checkpointStores[0].container",
      "PORT:",
      "HOSTNAME: 0.0.0.0",
      "TIDEMARK_READ_ONLY:",
    ]) {
      expect(text).toContain(part);
    }
  });

  it("checks the sound hubs, rules and roles even though the file's shape is not sound", () => {
    const hub = { connectionString: hubString, checkpointStores: [store] };
    const found = problems(() =>
      load({
        refreshSeconds: 0,
        eventHubs: [
          { ...hub, checkpointStores: [] },
          { ...hub, id: "clicks", colour: "red", subscriptionId: crypto.randomUUID() },
          { ...hub, id: "a/", checkpointStores: [{ ...store, container: "leases", formats: ["go3"] }] },
        ],
        alerts: {
          channels: [{ id: "chat", kind: "slack", url: "https://example.com/", secret: "s".repeat(32) }],
        },
      }),
    );
    const paths = found.map((problem) => problem.split(": ")[0]);
    expect(paths.sort()).toEqual([
      "alerts.channels[0].secret",
      "eventHubs[0].checkpointStores",
      "eventHubs[1]",
      "eventHubs[1].resourceGroup",
      "eventHubs[2].checkpointStores[0].consumerGroup",
      "refreshSeconds",
    ]);
  });

  it("refuses the same tree twice and the same id twice", () => {
    const hub = { connectionString: hubString, checkpointStores: [store] };
    expect(problems(() => load({ eventHubs: [hub, hub] }))).toEqual([
      'eventHubs[1].id: "orders" stands twice; give each hub an id of its own',
      "eventHubs[1].checkpointStores[0]: the same namespace, hub, container and prefix stand twice",
    ]);
  });

  it("asks once for the owner of a layout that does not name it", () => {
    const hub = (id: string, more: object) => ({
      id,
      connectionString: hubString,
      checkpointStores: [{ ...store, ...more }],
    });
    expect(problems(() => load({ eventHubs: [hub("a", { formats: ["go3"] })] }))).toEqual([
      "eventHubs[0].checkpointStores[0].consumerGroup: is missing; the Go layout (go3) does not name its group, so set it here",
    ]);
    const other = (more: object) => ({
      id: "b",
      fullyQualifiedNamespace: "fabrikam.servicebus.windows.net",
      eventHubName: "else",
      checkpointStores: [{ ...store, ...more }],
    });
    const eph = { formats: ["eph"] };
    const clash =
      "eventHubs[1].checkpointStores[0]: the eph layout names no hub, and eventHubs[0].checkpointStores[0] claims the same container and prefix for another one";
    expect(problems(() => load({ eventHubs: [hub("a", eph), other(eph)] }))).toEqual([clash]);
    for (const apart of [{ prefix: "b/" }, { formats: ["common"] }]) {
      expect(load({ eventHubs: [hub("a", eph), other({ ...eph, ...apart })] }).eventHubs).toHaveLength(2);
    }
    const groups = [hub("a", { ...eph, consumerGroup: "x" }), other({ ...eph, consumerGroup: "y" })];
    expect(load({ eventHubs: groups }).eventHubs).toHaveLength(2);
  });

  it("tells where JSON is broken and quotes nothing of it", () => {
    const [only] = problems(() => load(`{"eventHubs":\n [{"connectionString": ${key}`));
    expect(only).toMatch(/is not valid JSON \(line 2, column \d+\)$/);
  });

  it("says what is needed when there is nothing", () => {
    expect(problems(() => loadConfig({}))[0]).toContain("tidemark.config.json");
  });

  it("names variables that exclude each other", () => {
    const text = problems(() =>
      loadConfig({ EVENTHUB_CONNECTION_STRING: hubString, EVENTHUB_NAMESPACE: "a.b" }),
    ).join("\n");
    expect(text).toContain("EVENTHUB_CONNECTION_STRING, EVENTHUB_NAMESPACE: both are set");
    expect(text).toContain("CHECKPOINT_CONTAINER: is not set");
  });

  it("refuses a signed container URL without repeating it", () => {
    const containerUrl = `https://contoso.blob.core.windows.net/checkpoints?sig=${key}`;
    const [only] = problems(() =>
      load({ eventHubs: [{ connectionString: hubString, checkpointStores: [{ containerUrl }] }] }),
    );
    expect(only).toContain("must not carry a signature");
  });

  it.each([
    ["oidc", "TIDEMARK_OIDC_ISSUER"],
    ["proxy", "TIDEMARK_PROXY_HEADERS"],
  ])("refuses to start when %s sign-in is asked for and half of it is missing", (auth, missing) => {
    const hub = { connectionString: hubString, checkpointStores: [store] };
    const found = problems(() => load({ eventHubs: [hub] }, { TIDEMARK_AUTH: auth }));
    expect(found.join("\n")).toContain(missing);
  });
});

it("takes a hub's transport, and refuses an unknown one", () => {
  const hub = { connectionString: hubString, checkpointStores: [store] };
  const transportOf = (more: object) => load({ eventHubs: [{ ...hub, ...more }] }).eventHubs[0]?.transport;
  expect([transportOf({}), transportOf({ transport: "webSockets" })]).toEqual(["amqp", "webSockets"]);
  expect(problems(() => transportOf({ transport: "mqtt" }))).toEqual([
    "eventHubs[0].transport: must be amqp or webSockets",
  ]);
});

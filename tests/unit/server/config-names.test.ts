import { describe, expect, it } from "vitest";
import { hubString, load, problems, storageString, store } from "./loading.ts";

const hub = { connectionString: hubString, checkpointStores: [store] };
const only = (entry: object) => load({ eventHubs: [entry] }).eventHubs[0];
const faultOf = (entry: object) => problems(() => load({ eventHubs: [entry] }));

describe("names", () => {
  it("mounted from files lose the line break at their end", () => {
    const config = only({
      connectionString: `\${HUB}`.replace(`\${HUB}`, `${hubString}\n`),
      id: "shop \n",
      eventHubName: "Orders\n",
      consumerGroups: ["billing ", "\tbilling-2\n"],
      inspectionConsumerGroup: "tidemark\n",
      namespaceAliases: ["sb://Contoso-dr.servicebus.windows.net/ ", "localhost:5671"],
      checkpointStores: [{ ...store, container: "checkpoints\n", prefix: "a/\n", consumerGroup: " g" }],
    });
    expect(config).toMatchObject({
      id: "shop",
      eventHubName: "Orders",
      consumerGroups: ["billing", "billing-2"],
      inspectionConsumerGroup: "tidemark",
      namespaceAliases: ["contoso-dr.servicebus.windows.net", "localhost:5671"],
      checkpointStores: [{ containerName: "checkpoints", prefix: "a/", consumerGroup: "g" }],
    });
  });

  it.each([
    "contoso.servicebus.windows.net",
    "sb://Contoso.servicebus.windows.net/",
    "https://contoso.servicebus.windows.net:443/\n",
  ])("for a namespace are taken out of a URL: %j", (fullyQualifiedNamespace) => {
    const entry = { fullyQualifiedNamespace, eventHubName: "orders", checkpointStores: [store] };
    expect(only(entry)?.fullyQualifiedNamespace).toBe("contoso.servicebus.windows.net");
  });

  it.each([
    [{ eventHubName: "or/ders" }, "eventHubName: must be an event hub's name"],
    [{ eventHubName: " " }, "eventHubName: must not be blank"],
    [{ consumerGroups: ["bil ling"] }, "consumerGroups[0]: must be a consumer group's name"],
    [{ namespaceAliases: ["con toso"] }, "namespaceAliases[0]: must be a host name"],
    [
      { fullyQualifiedNamespace: "contoso.servicebus.windows.net:5690" },
      "fullyQualifiedNamespace: must be a host name without a port",
    ],
    [
      { checkpointStores: [{ ...store, container: "cp/folder" }] },
      "checkpointStores[0].container: must be only a container's name; put the folder in it into prefix",
    ],
    [
      { checkpointStores: [{ ...store, container: "Checkpoints" }] },
      "checkpointStores[0].container: must be a container's name: 3 to 63 lower-case",
    ],
    [
      { checkpointStores: [{ ...store, container: "a--b" }] },
      "checkpointStores[0].container: must be a container's name",
    ],
    [
      { checkpointStores: [{ containerUrl: "https://contoso.blob.core.windows.net/cp/folder" }] },
      'checkpointStores[0].containerUrl: names a folder in the container; put it into prefix ("folder/")',
    ],
    [
      { checkpointStores: [{ containerUrl: "https://contoso.blob.core.windows.net/Checkpoints" }] },
      "checkpointStores[0].containerUrl: no container's name has capitals",
    ],
    [
      { checkpointStores: [{ accountUrl: "https://contoso.blob.core.windows.net/checkpoints" }] },
      "checkpointStores[0].accountUrl: names a container",
    ],
    [
      { checkpointStores: [{ containerUrl: "contoso/checkpoints" }] },
      "checkpointStores[0].containerUrl: must be an https URL",
    ],
    [
      { checkpointStores: [{ containerUrl: "http://127.0.0.1:10000/devstoreaccount1/checkpoints" }] },
      "checkpointStores[0].containerUrl: is http, and an identity's token is sent only over https",
    ],
    [
      { checkpointStores: [{ accountUrl: "http://contoso.blob.core.windows.net" }] },
      "checkpointStores[0].accountUrl: is http, and an identity's token is sent only over https",
    ],
  ])("that no service accepts are refused: %j", (more, fault) => {
    expect(faultOf({ ...hub, ...more })).toEqual([expect.stringContaining(`eventHubs[0].${fault}`)]);
  });

  it.each(["checkpoints", "a-b-1", "$root", "azure-webjobs-eventhub"])(
    "for a container are accepted: %s",
    (container) => {
      expect(
        only({ ...hub, checkpointStores: [{ ...store, container }] })?.checkpointStores[0]?.containerName,
      ).toBe(container);
    },
  );
});

describe("connection strings", () => {
  it("with a hub in another casing, or none, take the name from the configuration", () => {
    const named = hubString.replace("EntityPath=orders", "EntityPath=Orders");
    expect(only({ ...hub, connectionString: named, eventHubName: "orders" })?.eventHubName).toBe("orders");
    expect(only({ ...hub, connectionString: `${hubString}; EntityPath=`, eventHubName: "orders" })?.id).toBe(
      "orders",
    );
    const blank = hubString.replace("EntityPath=orders", "EntityPath= ");
    const found = load({ eventHubs: [{ ...hub, connectionString: blank }] });
    expect([found.eventHubs.length, found.namespaces[0]?.id]).toEqual([0, null]);
  });

  it("that can't be read are lines of the one message, each with its path", () => {
    const entry = {
      connectionString: "Endpoint=sb://contoso.servicebus.windows.net",
      eventHubName: "orders",
      checkpointStores: [
        { connectionString: "BlobEndpoint=http://127.0.0.1:10000", container: "a-1" },
        { connectionString: storageString.replace(/AccountKey=[^;]*/, "AccountKey=a b"), container: "b-1" },
      ],
    };
    expect(faultOf(entry)).toEqual([
      expect.stringMatching(
        /^eventHubs\[0\]\.checkpointStores\[0\]\.connectionString: has a BlobEndpoint that names no account/,
      ),
      expect.stringMatching(/^eventHubs\[0\]\.checkpointStores\[1\]\.connectionString: has an AccountKey/),
      expect.stringMatching(/^eventHubs\[0\]\.connectionString: carries neither/),
    ]);
  });
});

describe("several faults", () => {
  const other = { ...hub, connectionString: hubString.replace("Contoso", "fabrikam") };

  it("do not hide a duplicate id", () => {
    const found = problems(() =>
      load({
        eventHubs: [
          hub,
          { ...other, refresh: 1 },
          { ...other, id: "orders", checkpointStores: [{ ...store, formats: ["odd"] }] },
        ],
        alerts: {
          rules: [
            { id: "a", when: {} },
            { id: "a", when: { lag: 1 }, channels: ["b"] },
          ],
          channels: [{ id: "b" }],
        },
        access: { tokens: [{ name: "t" }, { name: "t", role: "king" }] },
      }),
    );
    for (const fault of [
      'eventHubs[1].id: "orders" stands twice',
      'eventHubs[2].id: "orders" stands twice',
      'alerts.rules[1].id: "a" stands twice',
      "access.tokens[1].name: stands twice",
    ]) {
      expect(found.join("\n")).toContain(fault);
    }
    expect(found.join("\n")).not.toContain("there is no channel");
  });

  it("lead to no conclusions from faulty values", () => {
    const found = problems(() =>
      load({
        eventHubs: [
          {
            connectionString: 5,
            checkpointStores: [{ containerUrl: 5 }, { ...store, formats: ["go3"], consumerGroup: "a/b" }],
          },
          {
            connectionString: `\${GONE}`,
            checkpointStores: [
              { containerUrl: "https://contoso.blob.core.windows.net/leases", formats: ["eph"] },
            ],
          },
          { ...hub, subscriptionId: "x", resourceGroup: "streams" },
        ],
      }),
    );
    expect(found.map((problem) => problem.split(": ")[0]).sort()).toEqual([
      "eventHubs[0].checkpointStores[0].containerUrl",
      "eventHubs[0].checkpointStores[1].consumerGroup",
      "eventHubs[0].connectionString",
      "eventHubs[1].connectionString",
      "eventHubs[2].subscriptionId",
    ]);
  });
});

describe("a tree of blobs", () => {
  const identity = (host: string, more: object = {}) => ({
    id: host,
    fullyQualifiedNamespace: `${host}.servicebus.windows.net`,
    eventHubName: "orders",
    checkpointStores: [store],
    ...more,
  });

  it("belongs to one hub only, even by other names of the namespace", () => {
    const alias = { namespaceAliases: ["shared.example"] };
    const found = problems(() => load({ eventHubs: [identity("one", alias), identity("two", alias)] }));
    expect(found).toEqual([
      "eventHubs[1].checkpointStores[0]: eventHubs[0].checkpointStores[0] claims the same hub, container and prefix, for shared.example is a name of both namespaces",
    ]);
    const aliasOfOther = { namespaceAliases: ["sb://ONE.servicebus.windows.net/"] };
    expect(
      problems(() => load({ eventHubs: [identity("one"), identity("two", aliasOfOther)] })),
    ).toHaveLength(1);
  });

  it.each([
    [{ eventHubName: "other" }],
    [{ namespaceAliases: ["else.example"] }],
    [{ checkpointStores: [{ ...store, prefix: "two/" }] }],
  ])("is another one with %j", (more) => {
    const alias = { namespaceAliases: ["shared.example"] };
    expect(
      load({ eventHubs: [identity("one", alias), identity("two", { ...alias, ...more })] }).eventHubs,
    ).toHaveLength(2);
  });
});

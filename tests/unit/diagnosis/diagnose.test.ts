import { describe, expect, it } from "vitest";
import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { stopEverybody } from "#lib/api/reasons/whom-blobs-stop.ts";
import { AppError, type ErrorCode } from "#lib/core/app-error.ts";
import { diagnose } from "#lib/diagnosis/diagnose.ts";
import { unreadHub } from "#lib/monitor/hub-snapshot.ts";
import { like } from "#tests/support/fixtures/reasons.ts";
import {
  checkpoint,
  misnamed,
  monitoredHub,
  noon,
  ownership,
  storedGroup,
} from "#tests/support/fixtures/sources.ts";
import { billing, configured, diagnosed, failing, one, reading, store } from "./diagnosed.ts";

it("passes everything when nothing is wrong, and says what was checked", async () => {
  const { off, checks, check } = await diagnosed();
  expect(off).toEqual([]);
  expect(checks).toHaveLength(17);
  expect(check("prefix/main")?.detail).toEqual(
    like("groupsFound", { groups: 1, prefixes: ["contoso.servicebus.windows.net/orders/"], otherTrees: 0 }),
  );
  expect(check("formats/main")?.detail).toEqual(
    like("layoutsSeen", { layouts: [{ format: "common", checkpoints: 1 }] }),
  );
  expect(check("listRights/main")?.detail).toEqual(like("storeListable", { listings: 1, bodyReads: 0 }));
});

it("knows nothing before the first refresh, and says so", () => {
  const hub = monitoredHub(async () => one, {});
  expect(diagnose(configured, unreadHub(hub), new Map()).checks).toMatchObject([
    { id: "firstRefresh", state: "skipped" },
  ]);
});

describe("the hub", () => {
  it.each<[ErrorCode, string[][]]>([
    [
      "azureUnreachable",
      [
        ["namespace", "fail"],
        ["propertiesRights", "skipped"],
        ["eventHub", "skipped"],
        ["cleanup/main", "skipped"],
        ["aheadOfHub", "skipped"],
      ],
    ],
    [
      "azureTimeout",
      [
        ["namespace", "fail"],
        ["propertiesRights", "skipped"],
        ["eventHub", "skipped"],
        ["cleanup/main", "skipped"],
        ["aheadOfHub", "skipped"],
      ],
    ],
    [
      "azureUnauthorized",
      [
        ["propertiesRights", "fail"],
        ["eventHub", "skipped"],
        ["cleanup/main", "skipped"],
        ["aheadOfHub", "skipped"],
      ],
    ],
    [
      "eventHubNotFound",
      [
        ["propertiesRights", "skipped"],
        ["eventHub", "fail"],
        ["cleanup/main", "skipped"],
        ["aheadOfHub", "skipped"],
      ],
    ],
    [
      "azureThrottled",
      [
        ["propertiesRights", "skipped"],
        ["eventHub", "warn"],
        ["cleanup/main", "skipped"],
        ["aheadOfHub", "skipped"],
      ],
    ],
  ])("is told apart by %s", async (code, expected) => {
    const { off, checks } = await diagnosed({ hub: failing(code) });
    expect(off).toEqual(expected);
    expect(checks.map(({ detail }) => detail)).toContainEqual(like("checkFailed", { errorCode: code }));
  });

  it("has a partition that does not answer", async () => {
    const error = new AppError("azureTimeout", "Partition 1 took too long.");
    const partitions = [...one.partitions, { partitionId: "1", properties: null, error }];
    const { check } = await diagnosed({ hub: async () => ({ ...one, partitions }) });
    expect(check("eventHub")).toMatchObject({ state: "warn", items: ["1"] });
  });

  it("was re-created under its checkpoints", async () => {
    const group = storedGroup("billing", [checkpoint("0", 89, noon - 40 * 86_400_000)]);
    const { check } = await diagnosed({ store: async () => reading([group]) });
    expect(check("aheadOfHub")).toMatchObject({ state: "fail", items: ["billing / 0"] });
  });
});

const ofBlobs = [
  "prefix",
  "formats",
  "unreadableBlobs",
  "duplicateTrees",
  "cleanup",
  "unclaimed",
  "blobRetention",
  "clock",
];

describe("a store", () => {
  it.each<[ErrorCode, string[][]]>([
    [
      "containerNotFound",
      [
        ["container/main", "fail"],
        ["listRights/main", "skipped"],
      ],
    ],
    [
      "azureUnreachable",
      [
        ["container/main", "fail"],
        ["listRights/main", "skipped"],
      ],
    ],
    [
      "azureThrottled",
      [
        ["container/main", "warn"],
        ["listRights/main", "skipped"],
      ],
    ],
    ["azureUnauthorized", [["listRights/main", "fail"]]],
  ])("is told apart by %s", async (code, expected) => {
    const { off } = await diagnosed({ store: failing(code) });
    expect(off).toEqual([
      ...expected,
      ...ofBlobs.map((id) => [`${id}/main`, "skipped"]),
      ["configuredGroups", "skipped"],
      ["aheadOfHub", "skipped"],
    ]);
  });

  it("has nothing of this hub, with what may have been meant", async () => {
    const trees = [
      { namespace: "localhost", eventHubName: "Orders" },
      { namespace: "contoso-dr.servicebus.windows.net", eventHubName: "orders" },
      { namespace: "Contoso.servicebus.windows.net", eventHubName: "orders-v2" },
      { namespace: "else.servicebus.windows.net", eventHubName: "else" },
    ];
    const { check } = await diagnosed({ store: async () => reading([], { trees }) });
    expect(check("prefix/main")).toMatchObject({
      state: "warn",
      items: [
        "localhost/Orders (an emulator's)",
        "contoso-dr.servicebus.windows.net/orders (another namespace)",
        "Contoso.servicebus.windows.net/orders-v2 (another hub)",
      ],
    });
    expect(check("prefix/main")?.remedy).toEqual(like("addAlias", { isEmulator: true }));
    const aliased = { namespaceAliases: ["Contoso-DR.servicebus.windows.net"] };
    const known = await diagnosed({ store: async () => reading([], { trees }), config: aliased });
    expect(known.check("prefix/main")?.items).toHaveLength(2);
  });

  it.each([
    [
      { namespace: "Contoso.servicebus.windows.net:5671", eventHubName: "orders" },
      "as Python and Go write it",
    ],
    [{ namespace: "localhost:5671", eventHubName: "orders" }, "an emulator's"],
    [{ namespace: "eventhubs-emulator", eventHubName: "orders" }, "an emulator's"],
  ])("has %j, with the alias to add", async (tree, told) => {
    const { check } = await diagnosed({ store: async () => reading([], { trees: [tree] }) });
    expect(check("prefix/main")?.items).toEqual([expect.stringContaining(told)]);
    expect(check("prefix/main")?.remedy).toEqual(like("addAlias", { namespace: tree.namespace }));
  });

  it.each<[string, string, Reason]>([
    ["java", "java/", like("endPrefixInSlash", { prefix: "java/" })],
    ["java", "javascript/", like("compareContainer")],
    ["java/", "java/", like("compareContainer")],
    ["", "java/", like("compareContainer")],
  ])("with prefix %j has blobs in %j", async (prefix, folder, told) => {
    const unclaimed = [{ folder: `${folder}billing/`, partitionIds: ["0"] }];
    const stores = [{ ...store, prefix, formats: ["eph" as const] }];
    const { check } = await diagnosed({
      store: async () => reading([], { trees: [], unclaimed }),
      config: { stores },
    });
    expect(check("prefix/main")?.remedy).toEqual(told);
  });

  it.each([
    ["identity", "grantBlobReader", "grantReceiver"],
    ["key", "correctAccountKey", "takeListenString"],
    ["signature", "renewSignature", "takeListenString"],
  ] as const)(
    "is refused with a remedy for callers who sign in with: %s",
    async (credential, forStore, forHub) => {
      const config = { credential, stores: [{ ...store, credential }] };
      const { check } = await diagnosed({
        store: failing("azureUnauthorized"),
        hub: failing("azureUnauthorized"),
        config,
      });
      expect(check("listRights/main")?.remedy?.code).toBe(forStore);
      expect(check("propertiesRights")?.remedy?.code).toBe(forHub);
    },
  );

  it("has blobs that stop processors, each by name with whom it stops", async () => {
    const torn = {
      ...checkpoint("1", 0),
      sequenceNumber: null,
      unreadable: "it has no sequence number",
      stopsGroup: true,
    };
    const fraction = {
      ...checkpoint("4", 0),
      sequenceNumber: null,
      unreadable: 'its sequence number "1.5" is not an integer',
    };
    const offsetless = { ...checkpoint("2", 7), offset: null };
    const old = { ...torn, stopsGroup: false, partitionId: "3", format: "eph" as const, blobName: "g/3" };
    const group = {
      ...storedGroup(
        "billing",
        [checkpoint("0", 89), torn, offsetless, old, fraction],
        [ownership("1", null), ownership("0", "a")],
      ),
      misnamed: [misnamed("a/b")],
    };
    const { check } = await diagnosed({ store: async () => reading([group]) });
    expect(check("unreadableBlobs/main")?.state).toBe("fail");
    expect(check("unreadableBlobs/main")?.items).toEqual([
      `ns/hub/group/checkpoint/1: it has no sequence number; it ${stopEverybody(1)}.`,
      expect.stringMatching(
        /^ns.hub.group.checkpoint.2: it has no offset .*; it stops its own partition alone\.$/,
      ),
      "g/3: it has no sequence number; its own host can't take up the partition.",
      expect.stringMatching(
        /checkpoint.4: .*"1\.5".*; processors that start by its offset can go on from it\.$/,
      ),
      expect.stringContaining("ns/hub/group/ownership/1: it names no owner"),
      expect.stringContaining("ns/hub/group/checkpoint/a/b: it is no partition's"),
    ]);
  });

  it("has trees that differ in case", async () => {
    const prefixes = ["contoso.servicebus.windows.net/orders/", "contoso.servicebus.windows.net/Orders/"];
    const quiet = await diagnosed({ store: async () => reading([billing], { prefixes }) });
    expect(quiet.check("duplicateTrees/main")).toMatchObject({ state: "pass", items: prefixes });
    const twice = {
      ...billing,
      superseded: [{ ...checkpoint("0", 5), blobName: "ns/Hub/group/checkpoint/0" }],
    };
    const { check } = await diagnosed({ store: async () => reading([twice], { prefixes }) });
    expect(check("duplicateTrees/main")).toMatchObject({
      state: "warn",
      items: ["ns/Hub/group/checkpoint/0"],
    });
  });
});

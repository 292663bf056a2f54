import { describe, expect, it } from "vitest";
import { AppError } from "#lib/core/app-error.ts";
import { holdingOwnerId } from "#lib/core/holding-owner.ts";
import { like } from "#tests/support/fixtures/reasons.ts";
import {
  checkpoint,
  hubReading,
  monitoredHub,
  noon,
  ownership,
  properties,
  storedGroup,
  storeReading,
} from "#tests/support/fixtures/sources.ts";
import { RefreshedHub, refresher } from "#tests/support/simulated/refreshed-hub.ts";

const twoPartitions = hubReading([properties("0"), properties("1", { lastEnqueuedSequenceNumber: 199 })]);
const billing = storedGroup(
  "billing",
  [checkpoint("0", 89), checkpoint("1", 149)],
  [ownership("0", "a"), ownership("1", "a", noon - 10 * 60_000)],
);

describe("one refresh", () => {
  it("reads the blobs before the hub", async () => {
    const order: string[] = [];
    const refresh = refresher(
      monitoredHub(
        async () => {
          order.push("hub");
          return twoPartitions;
        },
        {
          main: async () => {
            await Promise.resolve();
            order.push("blobs");
            return storeReading([billing]);
          },
        },
      ),
    );
    await refresh();
    expect(order).toEqual(["blobs", "hub"]);
  });

  it("counts a partition that a reset holds apart, and the reset as no processor", async () => {
    const held = holdingOwnerId("0b5848c0-d1b9-4a2d-81fa-df14e3069f2f", "0", "0badcafe");
    const group = storedGroup("billing", [checkpoint("0", 89)], [ownership("0", held), ownership("1", "a")]);
    const refresh = refresher(
      monitoredHub(async () => twoPartitions, { main: async () => storeReading([group]) }),
    );
    const told = (await refresh()).groups[0]?.group;
    expect(told).toMatchObject({ ownedPartitions: 1, heldPartitions: 1, unownedPartitionIds: [] });
    expect(told?.owners.map(({ ownerId }) => ownerId)).toEqual(["a"]);
  });

  it("tells each group's lag, owners and coverage", async () => {
    const refresh = refresher(
      monitoredHub(async () => twoPartitions, { main: async () => storeReading([billing]) }),
    );
    const { eventHub, groups } = await refresh();
    expect(eventHub).toMatchObject({ partitionCount: 2, totalLag: 60, stale: false, error: null });
    expect(groups[0]?.group).toMatchObject({
      name: "billing",
      store: "main",
      totalLag: 60,
      maxLag: 50,
      maxLagPartitionId: "1",
      partitionsUnknown: 0,
      ownedPartitions: 1,
      partitionCount: 2,
      owners: [{ ownerId: "a", partitions: ["0"] }],
    });
    expect(groups[0]?.partitions.map(({ owner }) => owner?.state)).toEqual(["active", "expired"]);
  });

  it("shows a configured group without blobs, in the configuration's casing, once", async () => {
    const hub = monitoredHub(
      async () => twoPartitions,
      {
        main: async () => storeReading([billing]),
        second: async () => storeReading([storedGroup("BILLING", [checkpoint("0", 1)])]),
      },
      { consumerGroups: ["Billing", "$Default"] },
    );
    const { groups } = await refresher(hub)();
    expect(groups.map(({ group }) => [group.store, group.name, group.totalLag])).toEqual([
      ["main", "$Default", 300],
      ["main", "Billing", 60],
      ["second", "Billing", 98 + 200],
    ]);
    expect(groups[0]?.group).toMatchObject({ statusCause: "noCheckpoint", totalLagIsUpperBound: true });
  });

  it("adds up rates of several refreshes", async () => {
    let last = 99;
    const refresh = refresher(
      monitoredHub(
        async () => {
          const at = noon + last * 1000;
          return hubReading([properties("0", { lastEnqueuedSequenceNumber: last, lastEnqueuedAt: at })], at);
        },
        {
          main: async () => storeReading([storedGroup("billing", [checkpoint("0", last - 9)])]),
        },
      ),
    );
    await refresh();
    last += 20;
    const { eventHub } = await refresh();
    expect(eventHub.eventsInPerSecond).toBeCloseTo(1);
  });
});

describe("blobs that stop a group's processors", () => {
  it("are reported at any status, with their partitions", async () => {
    const broken = {
      ...checkpoint("0", 99),
      sequenceNumber: null,
      unreadable: "Its sequence number is no integer.",
      stopsGroup: true,
    };
    const group = storedGroup("half", [broken, checkpoint("1", 199)], [ownership("1", null)]);
    const { groups } = await refresher(
      monitoredHub(async () => twoPartitions, { main: async () => storeReading([group]) }),
    )();
    expect(groups[0]?.group).toMatchObject({
      status: "unknown",
      statusCause: "unreadable",
      statusCausePartitions: 1,
      partitionsUnknown: 1,
      notes: [{ code: "blockingBlobs", partitionIds: ["0", "1"] }],
    });
  });

  it("are not those of other layouts, nor a start of the stream", async () => {
    const functions = { ...checkpoint("0", 89), format: "functions" as const, offset: null };
    const start = { ...checkpoint("1", -1), offset: "-1" };
    const { groups } = await refresher(
      monitoredHub(async () => twoPartitions, {
        main: async () => storeReading([storedGroup("fine", [functions, start])]),
      }),
    )();
    expect(groups[0]?.group.notes).toEqual([]);
  });
});

describe("a source that fails", () => {
  const down = new AppError("azureUnreachable", "The storage account can't be reached.");

  it("marks its own groups stale with a named error and leaves the others alone", async () => {
    let isDown = false;
    const hub = monitoredHub(async () => twoPartitions, {
      main: async () => (isDown ? Promise.reject(down) : storeReading([billing])),
      second: async () => storeReading([storedGroup("audit", [checkpoint("0", 99)])]),
    });
    const refresh = refresher(hub);
    await refresh();
    isDown = true;
    const { eventHub, groups } = await refresh();
    expect(groups.map(({ group }) => [group.name, group.stale, group.totalLag])).toEqual([
      ["billing", true, 60],
      ["audit", false, 200],
    ]);
    expect(groups[0]?.group.error).toEqual({ code: "azureUnreachable", message: down.message });
    expect(eventHub.checkpointStores.map(({ id, error }) => [id, error?.code ?? null])).toEqual([
      ["main", "azureUnreachable"],
      ["second", null],
    ]);
  });

  it("keeps a hub's older figures, marked, and takes fresh ones when it is back", async () => {
    let isDown = false;
    const hub = monitoredHub(async () => (isDown ? Promise.reject(down) : twoPartitions), {
      main: async () => storeReading([billing]),
    });
    const refresh = refresher(hub);
    await refresh();
    isDown = true;
    const failed = await refresh(noon + 10_000);
    expect(failed.eventHub).toMatchObject({
      stale: true,
      totalLag: 60,
      observedAt: new Date(noon).toISOString(),
    });
    expect(failed.groups[0]?.group).toMatchObject({ stale: true, totalLag: 60 });
    isDown = false;
    expect((await refresh()).eventHub).toMatchObject({ stale: false, error: null });
  });

  it("still tells who owns what while only the hub fails", async () => {
    let isDown = false;
    const hub = monitoredHub(async () => (isDown ? Promise.reject(down) : twoPartitions), {
      main: async () => storeReading([billing], isDown ? noon + 10 * 60_000 : noon),
    });
    const refresh = refresher(hub);
    await refresh();
    isDown = true;
    const { groups } = await refresh(noon + 10 * 60_000);
    expect(groups[0]?.group).toMatchObject({ stale: true, totalLag: 60, ownedPartitions: 0, owners: [] });
    expect(groups[0]?.partitions[0]?.owner).toMatchObject({ ownerId: "a", state: "expired" });
  });

  it("tells no lag when the store was never read, though the hub was", async () => {
    const hub = monitoredHub(
      async () => twoPartitions,
      { main: () => Promise.reject(down) },
      { consumerGroups: ["billing"] },
    );
    const { eventHub, groups } = await refresher(hub)();
    expect(eventHub).toMatchObject({ totalLag: null, partitionCount: 2 });
    expect(groups[0]?.group).toMatchObject({
      totalLag: null,
      partitionsUnknown: 2,
      stale: true,
      partitionCount: 2,
    });
    expect(groups[0]?.partitions[0]).toMatchObject({
      lag: null,
      lagState: "unknown",
      reason: like("failure", { errorMessage: down.message }),
    });
  });

  it("shows owners and checkpoints when the hub was never read, and no lag", async () => {
    const hub = monitoredHub(() => Promise.reject(down), { main: async () => storeReading([billing]) });
    const { eventHub, groups } = await refresher(hub)();
    expect(eventHub).toMatchObject({ observedAt: null, error: { code: "azureUnreachable" } });
    expect(groups[0]?.group).toMatchObject({ totalLag: null, partitionCount: null, stale: true });
    expect(groups[0]?.partitions[0]).toMatchObject({
      lag: null,
      owner: { ownerId: "a" },
      checkpoint: { sequenceNumber: 89 },
    });
  });

  it("is given up after its time limit even if it never answers", async () => {
    const hub = monitoredHub(() => new Promise(() => {}), { main: async () => storeReading([billing]) });
    const { eventHub } = await refresher(hub, 20)();
    expect(eventHub.error).toMatchObject({ code: "azureTimeout" });
    expect(eventHub.error?.message).toContain("The event hub orders did not answer within");
  });

  it("hides an unknown error's text, which may contain anything", async () => {
    const hub = monitoredHub(() => Promise.reject(new TypeError("SharedAccessKey=abc")), {
      main: async () => storeReading([billing]),
    });
    const { eventHub } = await refresher(hub)();
    expect(JSON.stringify(eventHub)).not.toContain("SharedAccessKey");
  });

  it("leaves a gap in the trend", async () => {
    let isDown = false;
    const hub = monitoredHub(async () => (isDown ? Promise.reject(down) : twoPartitions), {
      main: async () => storeReading([billing]),
    });
    const refreshed = new RefreshedHub(hub);
    await refreshed.refresh();
    isDown = true;
    await refreshed.refresh(noon + 10_000);
    const { memory } = refreshed;
    const [key] = memory.groups.keys();
    expect(memory.trend(key ?? "").map(({ lag }) => lag)).toEqual([60, null]);
  });
});

describe("a found store or group", () => {
  const empty = { ...storeReading([]), listings: 0 };

  it("is read besides what is configured, from the refresh in which it was found", async () => {
    const found = [{ id: "account/b", read: async () => storeReading([billing]) }];
    const account = { id: "account", read: async () => empty, found: () => found };
    const hub = { ...monitoredHub(async () => twoPartitions, {}), stores: [account] };
    const { eventHub, groups } = await refresher(hub)();
    expect(eventHub.checkpointStores.map(({ id, error }) => [id, error])).toEqual([
      ["account", null],
      ["account/b", null],
    ]);
    expect(groups.map(({ group }) => [group.store, group.name, group.totalLag])).toEqual([
      ["account/b", "billing", 60],
    ]);
  });

  it("adds groups that only the catalog knows, in its casing, and none if it never answers", async () => {
    const stores = { main: async () => storeReading([billing]) };
    const catalog = { consumerGroups: async () => ["Billing", "never-used", "audit"], fault: () => null };
    const hub = monitoredHub(async () => twoPartitions, stores, { consumerGroups: ["Audit"], catalog });
    const { groups } = await refresher(hub)();
    expect(groups.map(({ group }) => group.name)).toEqual(["Audit", "Billing", "never-used"]);
    const silent = { consumerGroups: () => new Promise<string[]>(() => {}), fault: () => null };
    const other = monitoredHub(async () => twoPartitions, stores, { catalog: silent });
    const { eventHub, groups: rest } = await refresher(other, 20)();
    expect(rest.map(({ group }) => group.name)).toEqual(["billing"]);
    expect(eventHub.error).toBeNull();
  });
});

import { expect, it, vi } from "vitest";
import { toIso } from "#lib/core/time.ts";
import type { RecalledHub } from "#lib/history/remembered/remembered.ts";
import type { HubSnapshot } from "#lib/monitor/snapshot.ts";
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
import { RefreshedHub } from "#tests/support/simulated/refreshed-hub.ts";

const day = 86_400_000;
const nothing = { partitions: new Map(), hadBlob: false, wasRead: false };

class World {
  now = noon;
  present = new Set(["billing", "audit"]);
  owning = new Set<string>();
  isFailing = false;
  readonly #hub: RefreshedHub;

  constructor(consumerGroups: readonly string[] = []) {
    const hub = monitoredHub(
      async () => hubReading([properties("0")], this.now),
      {
        main: async () => {
          if (this.isFailing) throw new Error("away");
          const groups = [...this.present].map((name) => storedGroup(name, [checkpoint("0", 89)]));
          const owning = [...this.owning].map((name) => storedGroup(name, [], [ownership("0", "a")]));
          return storeReading([...groups, ...owning], this.now);
        },
      },
      { consumerGroups },
    );
    this.#hub = new RefreshedHub(hub);
  }

  get memory() {
    return this.#hub.memory;
  }

  refresh(laterMs = 10_000): Promise<HubSnapshot> {
    this.now += laterMs;
    return this.#hub.refresh(this.now);
  }

  restart(remembered: RecalledHub): void {
    this.#hub.restart(remembered);
  }

  async gone(laterMs?: number): Promise<Record<string, string | null>> {
    const { groups } = await this.refresh(laterMs);
    return Object.fromEntries(groups.map(({ group }) => [group.name, group.goneSince]));
  }
}

it("keeps a group without blobs left, outside sums and the hub's status", async () => {
  const world = new World();
  expect(await world.gone()).toEqual({ audit: null, billing: null });
  world.present.delete("billing");
  const { groups, eventHub } = await world.refresh();
  const [audit, billing] = groups.map(({ group }) => group);
  expect(billing).toMatchObject({
    name: "billing",
    goneSince: toIso(world.now),
    lastCheckpointAt: toIso(noon),
    formats: ["common"],
    totalLag: null,
    status: "unknown",
    partitionCount: null,
    stale: false,
  });
  expect(eventHub).toMatchObject({ totalLag: audit?.totalLag, status: audit?.status, partitionsUnknown: 0 });
  const since = billing?.goneSince;
  expect(await world.gone()).toEqual({ audit: null, billing: since });
});

it("shows it for 30 days, and not longer", async () => {
  const world = new World();
  await world.refresh();
  world.present.delete("billing");
  await world.refresh();
  expect(await world.gone(30 * day - 1)).toHaveProperty("billing");
  expect(await world.gone(1)).toEqual({ audit: null });
  expect(await world.gone()).toEqual({ audit: null });
});

it("shows it until dismissed, and again when it came back and went once more", async () => {
  const world = new World();
  await world.refresh();
  const billing = { store: "main", name: "Billing" };
  expect(world.memory.gone.dismiss(billing)).toBe(false);
  world.present.delete("billing");
  await world.refresh();
  expect(world.memory.gone.dismiss(billing)).toBe(true);
  expect(await world.gone()).toEqual({ audit: null });
  world.present.add("billing");
  expect(await world.gone()).toEqual({ audit: null, billing: null });
  world.present.delete("billing");
  expect(await world.gone()).toEqual({ audit: null, billing: toIso(world.now) });
});

it("keeps a group that only ever had ownerships, also over a restart", async () => {
  const world = new World();
  world.owning = new Set(["starting", "restarted"]);
  expect(await world.gone()).toEqual({ audit: null, billing: null, restarted: null, starting: null });
  world.owning.delete("starting");
  const since = toIso(world.now + 10_000);
  expect(await world.gone()).toEqual({ audit: null, billing: null, restarted: null, starting: since });
  const remembered = world.memory.usageOf("main", "restarted");
  const rest = { losses: new Map(), renewalSeconds: null, lastSeenAt: world.now, commits: new Map() };
  const groups = [{ store: "main", consumerGroup: "restarted", ...rest, ...(remembered ?? nothing) }];
  const rings = { positions: new Map(), pastPositions: new Map(), beginnings: new Map() };
  world.restart({ lastAt: world.now, ...rings, groups });
  world.owning.clear();
  const { groups: shown } = await world.refresh();
  const restarted = shown.find(({ group }) => group.name === "restarted")?.group;
  expect(restarted).toMatchObject({ goneSince: toIso(world.now), lastCheckpointAt: null });
});

it("does not take a failing store for a loss of its groups", async () => {
  const world = new World();
  await world.refresh();
  world.isFailing = true;
  expect(await world.gone()).toEqual({ audit: null, billing: null });
  world.isFailing = false;
  expect(await world.gone()).toEqual({ audit: null, billing: null });
});

it("does not show a group that was dismissed while its last state was made up", async () => {
  const world = new World();
  await world.refresh();
  world.present.delete("billing");
  expect(await world.gone()).toHaveProperty("billing");
  const { gone } = world.memory;
  const shown = gone.shown.bind(gone);
  const dismiss = () => void gone.dismiss({ store: "main", name: "billing" });
  vi.spyOn(gone, "shown")
    .mockImplementationOnce(shown)
    .mockImplementationOnce((stores) => {
      queueMicrotask(dismiss);
      return shown(stores);
    });
  expect(await world.gone()).toEqual({ audit: null });
});

it("does not take a group that never had a blob for one that is gone", async () => {
  const world = new World(["new", "Billing"]);
  expect(await world.gone()).toEqual({ audit: null, Billing: null, new: null });
  world.present.delete("billing");
  expect(await world.gone()).toEqual({ audit: null, Billing: toIso(world.now), new: null });
  world.memory.gone.dismiss({ store: "main", name: "billing" });
  // A configured group is as before its first blob.
  expect(await world.gone()).toEqual({ audit: null, Billing: null, new: null });
});

it("knows after a restart which groups the history has and the store lacks", async () => {
  const world = new World();
  await world.refresh();
  const recalled = (lastSeenAt: number) => ({
    lastAt: world.now,
    positions: new Map(),
    pastPositions: new Map(),
    beginnings: new Map(),
    groups: ["billing", "audit", "long-ago", "never"].map((consumerGroup) => ({
      store: "main",
      consumerGroup,
      losses: new Map(),
      renewalSeconds: null,
      partitions: new Map(),
      hadBlob: consumerGroup !== "never",
      wasRead: consumerGroup !== "never",
      lastSeenAt: consumerGroup === "long-ago" ? lastSeenAt : world.now,
      commits: consumerGroup === "never" ? new Map() : new Map(world.memory.commitsOf("main", "billing")),
    })),
  });
  const leftAt = world.now - 20 * day;
  const before = recalled(leftAt);
  world.restart(before);
  world.present.delete("billing");
  expect(await world.gone()).toEqual({
    audit: null,
    billing: toIso(world.now),
    "long-ago": toIso(leftAt),
  });
});

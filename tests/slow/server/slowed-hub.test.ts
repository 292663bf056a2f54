import { expect, it, onTestFinished } from "vitest";
import { consumerGroupDetailSchema } from "#lib/api/consumer-group.ts";
import { eventHubDetailSchema } from "#lib/api/event-hub.ts";
import { resetPlanSchema, resetSchema } from "#lib/api/resets.ts";
import { putManyBlobs, storedBlobs } from "#tests/support/azurite.ts";
import { type Calls, callsTo } from "#tests/support/calls.ts";
import { startCountingProxy } from "#tests/support/proxies/counting-proxy.ts";
import { startDashboard } from "#tests/support/worlds/dashboard.ts";
import { type LocalWorld, startLocalWorld } from "#tests/support/worlds/local-world.ts";

const partitionCount = 1_024;
const perSecond = 40;
const roundSeconds = 26;
const ids = Array.from({ length: partitionCount }, (_, partition) => String(partition));
/** Partitions of which `audit` takes each event soon after it came. The others stand still. */
const busy = new Set(ids.filter((id) => Number(id) % 64 === 5));
const eventsEach = 5;
const auditAt = 17;
const firstEnd = 19;
/** The last event of each partition at the start, and where `billing` stands then. */
const endOf = (id: string) => (busy.has(id) ? firstEnd : firstEnd + (Number(id) % 5));
const standsAt = (id: string) => 10 + (Number(id) % 7);

const hubPath = "/api/v1/event-hubs/orders";
const groupPath = (group: string) => `${hubPath}/consumer-groups/${group}`;
/** A round takes 26 s, and 80 s behind a plan and a reset. */
const waiting = { timeout: 300_000, interval: 200 };
const asking = { ...waiting, interval: 2_000 };

const placeAt = (position: number) => ({ sequencenumber: String(position), offset: String(position * 64) });

async function fill(world: LocalWorld): Promise<void> {
  for (const id of ids) world.enqueue("orders", id, endOf(id) + 1);
  const put = async (group: string, positionOf: (id: string) => number) => {
    for (const [position, of] of Map.groupBy(ids, positionOf)) {
      const name = (i: number) => `localhost/orders/${group}/checkpoint/${of[i]}`;
      await putManyBlobs(world.container, of.length, name, placeAt(position));
    }
  };
  await put("billing", standsAt);
  await put("audit", (id) => (busy.has(id) ? firstEnd : auditAt));
}

/** A hub of which `audit` reads the busy partitions, and a dashboard that may read it 40 times a second. */
async function start() {
  const world = await startLocalWorld(
    [{ name: "orders", partitionCount, consumerGroups: ["billing", "audit"] }],
    "own",
  );
  onTestFinished(() => world.stop());
  await fill(world);
  const proxy = await startCountingProxy(world.azurite.port);
  onTestFinished(() => proxy.stop());
  const { azurite, container } = world;
  const connectionString = azurite.connectionString.replaceAll(`:${azurite.port}`, `:${proxy.port}`);
  const startedAt = performance.now();
  const dashboard = await startDashboard(
    {
      refreshSeconds: 5,
      eventHubs: [
        world.hubConfig("orders", {
          propertyReadsPerSecond: perSecond,
          ownershipExpirationSeconds: 10,
          checkpointStores: [{ id: "main", connectionString, container: container.containerName }],
        }),
      ],
    },
    { TIDEMARK_READ_ONLY: "false" },
  );
  onTestFinished(async () => void (await dashboard.end()));
  const whole = /comp=list.*prefix=localhost%2Forders%2F(&|$)/;
  const listings = () =>
    proxy.requests.filter((request) => whole.test(request) && !request.includes("delimiter=")).length;
  const reads = () => {
    const { eventHubReads, partitionReads } = world.eventHubs.requests();
    const most = ((performance.now() - startedAt) / 1_000) * perSecond;
    return { sent: eventHubReads + partitionReads, most };
  };
  return { world, calls: callsTo(dashboard.url), listings, reads };
}

/** Holds the figures that the API tells against the world. */
class Figures {
  readonly rounds = new Set<string | null>();
  /** Partitions of `billing` that were told as they are after the reset. */
  readonly moved = new Set<string>();
  /** The last event of each busy partition. */
  last = firstEnd;
  readonly #calls: Calls;

  constructor(calls: Calls) {
    this.#calls = calls;
  }

  async hub() {
    const hub = eventHubDetailSchema.parse(await this.#calls.get(hubPath));
    expect(hub).toMatchObject({ stale: false, error: null });
    return hub;
  }

  async check(): Promise<void> {
    const hub = await this.hub();
    expect(hub.readEvery).toMatchObject({ seconds: roundSeconds, reason: { code: "hubReadsCapped" } });
    expect(hub.partitions.filter(({ error }) => error !== null)).toEqual([]);
    this.rounds.add(hub.observedAt);
    const wrong = [
      ...[...(await this.#lags("audit"))].filter(([id, lag]) => !this.#isTrueOfAudit(id, lag)),
      ...[...(await this.#lags("billing"))].filter(([id, lag]) => !this.#isTrueOfBilling(id, lag)),
    ];
    expect(wrong).toEqual([]);
  }

  /**
   * A busy partition is judged by a listing that is one step behind, or two where an answer takes longer than a
   * period; the listing that the round began with is many steps behind.
   */
  #isTrueOfAudit(id: string, lag: number): boolean {
    return busy.has(id) ? lag >= 0 && lag <= 2 * eventsEach : lag === endOf(id) - auditAt;
  }

  #isTrueOfBilling(id: string, lag: number): boolean {
    const came = busy.has(id) ? this.last - firstEnd : 0;
    const isAt = (position: number) => lag >= endOf(id) - position && lag <= endOf(id) - position + came;
    if (!busy.has(id) && isAt(endOf(id))) this.moved.add(id);
    return isAt(endOf(id)) || (isAt(standsAt(id)) && !this.moved.has(id));
  }

  async #lags(group: string): Promise<Map<string, number>> {
    const found = consumerGroupDetailSchema.parse(await this.#calls.get(groupPath(group)));
    expect(found).toMatchObject({ stale: false, error: null });
    const lags = new Map(found.partitions.map(({ partitionId, lag }) => [partitionId, lag ?? Number.NaN]));
    expect(lags.size).toBe(partitionCount);
    return lags;
  }
}

/**
 * Plans and applies a reset of all partitions of `billing` to their ends, which takes no event: reading a thousand
 * has a time limit of its own, which is short for a machine with other work.
 */
async function resetAll(calls: Calls) {
  const resets = `${groupPath("billing")}/resets`;
  const body = { partitions: "all", target: { kind: "latest" } };
  const plan = resetPlanSchema.parse(await calls.post(`${resets}/preview`, body));
  expect(plan.blockedBy).toBeNull();
  expect(plan.entries.filter(({ blockedBy }) => blockedBy !== null)).toEqual([]);
  const { id } = resetSchema.parse(await calls.post(resets, { planId: plan.planId, confirm: "billing" }));
  const reset = async () => resetSchema.parse(await calls.get(`/api/v1/resets/${id}`));
  await expect.poll(async () => (await reset()).state, asking).not.toBe("running");
  return { plan, reset: await reset() };
}

it("tells true figures of 1,024 partitions at 40 reads a second, while all of a group are reset", async () => {
  const { world, calls, listings, reads } = await start();
  const figures = new Figures(calls);
  await expect.poll(async () => (await figures.hub()).observedAt, asking).not.toBeNull();

  let hasEnded = false;
  const resetting = resetAll(calls).finally(() => {
    hasEnded = true;
  });
  // Until a round shows what the reset left.
  const watching = async () => {
    while (!hasEnded || figures.moved.size === 0) {
      figures.last += eventsEach;
      for (const id of busy) world.enqueue("orders", id, eventsEach);
      await Promise.all([...busy].map((id) => world.checkpoint("orders", "audit", id, figures.last)));
      // A listing that begins after that is taken in when the next one begins.
      const before = listings();
      await expect.poll(listings, waiting).toBeGreaterThanOrEqual(before + 2);
      await figures.check();
      const { sent, most } = reads();
      expect(sent).toBeLessThanOrEqual(most);
    }
  };
  const [{ plan, reset }] = await Promise.all([resetting, watching()]);

  expect(reset.state).toBe("done");
  expect(reset.entries.filter(({ result }) => result !== "written")).toEqual([]);
  const targets = new Map(plan.entries.map(({ partitionId, target }) => [partitionId, target]));
  const blobs = await storedBlobs(world.container);
  for (const id of ids) {
    const { sequenceNumber = Number.NaN, offset } = targets.get(id) ?? {};
    expect(sequenceNumber).toBeGreaterThanOrEqual(endOf(id));
    expect(sequenceNumber).toBeLessThanOrEqual(busy.has(id) ? figures.last : endOf(id));
    expect(blobs[`localhost/orders/billing/checkpoint/${id}`]).toMatchObject({
      sequencenumber: String(sequenceNumber),
      offset,
      clientidentifier: `tidemark/${reset.id}/${id}`,
    });
  }
  expect(figures.rounds.size).toBeGreaterThan(1);
}, 400_000);

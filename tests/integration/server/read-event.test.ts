import { EventHubConsumerClient, EventHubProducerClient } from "@azure/event-hubs";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { eventFileSchema, eventsPageSchema, readEventSchema } from "#lib/api/read-event.ts";
import { Scope } from "#lib/server/access/scope.ts";
import { createDashboard, type Dashboard } from "#lib/server/dashboard.ts";
import { newFolder } from "#tests/support/fixtures/history.ts";
import { testConfig } from "#tests/support/fixtures/test-config.ts";
import { type LocalWorld, startLocalWorld } from "#tests/support/worlds/local-world.ts";

const waiting = { timeout: 20_000, interval: 50 };

let world: LocalWorld;
beforeAll(async () => {
  world = await startLocalWorld([
    { name: "orders", partitionCount: 2, consumerGroups: ["billing", "tidemark"], firstSequenceNumber: 100 },
  ]);
});
afterAll(() => world?.stop());

async function start(over: object = {}): Promise<Dashboard> {
  const hubs = [world.hubConfig("orders", { consumerGroups: ["billing"], ...over })];
  const dashboard = await createDashboard(testConfig({ refreshSeconds: 0.5, hubs, dataDir: newFolder() }));
  onTestFinished(() => dashboard.stop());
  dashboard.start();
  await expect.poll(() => dashboard.runtime.readiness().ready, waiting).toBe(true);
  return dashboard;
}

const read = async ({ runtime }: Dashboard, sequenceNumber: number, partitionId = "0", group = "billing") => {
  const address = { hub: "orders", group, store: undefined };
  const wanted = { partitionId, sequenceNumber };
  return readEventSchema.parse(await runtime.readEvent(address, wanted, new AbortController().signal));
};

it("reads an event with its properties and the beginning of its body, as it was sent", async () => {
  const producer = new EventHubProducerClient(world.eventHubs.connectionString, "orders");
  onTestFinished(() => producer.close());
  const from = Date.now();
  await producer.sendBatch(
    [
      {
        body: { html: "<script>alert(1)</script>" },
        contentType: "application/json",
        messageId: "m-1",
        correlationId: "c-1",
        properties: { type: "order", count: 3 },
      },
      { body: Buffer.from([0, 1, 254, 255]) },
      { body: "x".repeat(5_000) },
    ],
    { partitionKey: "customer-7" },
  );
  const dashboard = await start({ inspectionConsumerGroup: "tidemark" });
  const { partitions } = dashboard.runtime.eventHub("orders");
  const partitionId = partitions.find(({ lastEnqueuedSequenceNumber: last }) => last === 102)?.partitionId;
  const event = await read(dashboard, 100, partitionId);
  expect(event).toMatchObject({
    partitionId,
    sequenceNumber: 100,
    offset: expect.stringMatching(/^\d+$/),
    readAs: "tidemark",
    partitionKey: "customer-7",
    contentType: "application/json",
    messageId: "m-1",
    correlationId: "c-1",
    properties: [
      { name: "type", value: "order", isCut: false },
      { name: "count", value: "3", isCut: false },
    ],
    body: { kind: "text", preview: '{"html":"<script>alert(1)</script>"}', bytes: 36, isCut: false },
  });
  expect(Date.parse(event.enqueuedAt)).toBeGreaterThanOrEqual(from - 1);
  expect((await read(dashboard, 101, partitionId)).body).toEqual({
    kind: "hex",
    preview: "0001feff",
    bytes: 4,
    isCut: false,
  });
  expect((await read(dashboard, 102, partitionId)).body).toMatchObject({ kind: "text", isCut: true });
});

it("says which event it found when the requested one is gone, and when none is left", async () => {
  world.enqueue("orders", "0", 30);
  world.eventHubs.trim("orders", "0", 110);
  const dashboard = await start({ inspectionConsumerGroup: "tidemark" });
  expect((await read(dashboard, 3)).sequenceNumber).toBe(110);
  await expect(read(dashboard, 9_000)).rejects.toMatchObject({ code: "notFound" });
  await expect(read(dashboard, 1, "7")).rejects.toMatchObject({ code: "notFound" });
  await expect(read(dashboard, 1, "0", "nobody")).rejects.toMatchObject({ code: "notFound" });
});

it("pages through neighbouring events in both directions, across gaps, and keeps one whole in a file", async () => {
  const poison = { big: "x".repeat(6_000) };
  const producer = new EventHubProducerClient(world.eventHubs.connectionString, "orders");
  onTestFinished(() => producer.close());
  await producer.sendBatch(
    [
      { body: poison, properties: { count: 3, note: "y".repeat(600) } },
      { body: Buffer.from([0, 254, 255]) },
      { body: "last" },
    ],
    { partitionId: "0" },
  );
  const end = world.eventHubs.partition("orders", "0").lastEnqueuedSequenceNumber;
  const { runtime } = await start({ inspectionConsumerGroup: "tidemark" });
  const address = { hub: "orders", group: "billing", store: undefined };
  const signal = new AbortController().signal;
  const numbers = async (sequenceNumber: number, direction: "earlier" | "later", count = 10) => {
    const wanted = { partitionId: "0", sequenceNumber, direction, count };
    const { events } = eventsPageSchema.parse(await runtime.readEvents(address, wanted, signal));
    return events.map((event) => event.sequenceNumber);
  };
  expect(await numbers(end - 4, "later", 3)).toEqual([end - 4, end - 3, end - 2]);
  expect(await numbers(end - 1, "later")).toEqual([end - 1, end]);
  expect(await numbers(end + 1, "later")).toEqual([]);
  expect(await numbers(end, "earlier", 3)).toEqual([end - 3, end - 2, end - 1]);
  const { beginningSequenceNumber: begin } = world.eventHubs.partition("orders", "0");
  expect(await numbers(begin + 1, "earlier")).toEqual([begin]);
  expect(await numbers(begin, "earlier")).toEqual([]);

  world.eventHubs.remove(
    "orders",
    "0",
    Array.from({ length: 14 }, (_, i) => begin + 2 + i),
  );
  expect(await numbers(begin + 16, "earlier")).toEqual([begin, begin + 1]);

  const file = async (sequenceNumber: number) =>
    eventFileSchema.parse(await runtime.readEventFile(address, { partitionId: "0", sequenceNumber }, signal));
  expect(await file(end - 2)).toMatchObject({
    eventHubName: "orders",
    sequenceNumber: end - 2,
    properties: [
      { name: "count", value: 3 },
      { name: "note", value: "y".repeat(600) },
    ],
    body: { encoding: "text", content: JSON.stringify(poison) },
  });
  expect((await file(end - 1)).body).toEqual({ encoding: "base64", content: "AP7/" });
  await expect(file(begin - 1)).rejects.toMatchObject({ code: "notFound" });
});

it("disturbs nobody: reads with the group itself only while nobody owns or reads it", async () => {
  world.enqueue("orders", "1", 30);
  const dashboard = await start({ ownershipExpirationSeconds: 2 });
  expect(await read(dashboard, 105, "1")).toMatchObject({ sequenceNumber: 105, readAs: "billing" });

  const remedy = /inspectionConsumerGroup/;
  await world.own("orders", "billing", "1", "worker-7");
  await expect(read(dashboard, 105, "1")).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringMatching(/^The consumer group billing is owned by worker-7/),
  });
  await expect(read(dashboard, 105, "1")).rejects.toThrow(remedy);
  // A reader that names its partitions checkpoints and owns nothing.
  await world.own("orders", "billing", "1", "");
  await world.checkpoint("orders", "billing", "1", 104);
  await expect(read(dashboard, 105, "1")).rejects.toMatchObject({ code: "conflict" });
  const seen = () =>
    read(dashboard, 105, "1").then(
      ({ readAs }) => readAs,
      () => null,
    );
  await expect.poll(seen, waiting).toBe("billing");
});

it("tells of a processor with an owner level that keeps others out, even though no blob names it", async () => {
  world.enqueue("orders", "1", 1);
  const dashboard = await start({ ownershipExpirationSeconds: 1 });
  const client = new EventHubConsumerClient("billing", world.eventHubs.connectionString, "orders");
  onTestFinished(() => client.close());
  let isAttached = false;
  const subscription = client.subscribe(
    "1",
    {
      processEvents: async (events) => {
        isAttached ||= events.length > 0;
      },
      processError: async () => {},
    },
    { ownerLevel: 3, startPosition: { offset: "-1" } },
  );
  onTestFinished(() => subscription.close());
  await expect.poll(() => isAttached, waiting).toBe(true);
  const refused = () =>
    read(dashboard, 105, "1").then(
      () => "read",
      (error: Error & { code: string }) => `${error.code}: ${error.message}`,
    );
  await expect.poll(refused, waiting).toMatch(/^conflict: A processor with an owner level reads/);
});

it("plans to skip one event, keeps a copy of it, and tells its content to operators alone", async () => {
  const poison = `{"order":7,"note":"${"x".repeat(900)}"}`;
  const producer = new EventHubProducerClient(world.eventHubs.connectionString, "orders");
  onTestFinished(() => producer.close());
  const partitionId = "1";
  await producer.sendBatch([{ body: Buffer.from(poison) }, { body: "fine" }], { partitionId });
  const at = world.eventHubs.partition("orders", partitionId).lastEnqueuedSequenceNumber - 1;
  await world.checkpoint("orders", "billing", partitionId, at - 1);
  const { runtime } = await start({ inspectionConsumerGroup: "tidemark" });
  const address = { hub: "orders", group: "billing", store: undefined };
  const me = { name: "ada", key: "ada", role: "admin" as const };
  const request = { sequenceNumber: at, mode: "offline" as const, handlerSeconds: 30 };
  const plan = await runtime.resets.previewSkip(address, partitionId, request, me);
  const skipped = { partitionId, sequenceNumber: at, kind: "text", bytes: poison.length, isCut: true };
  expect(plan.target).toMatchObject({ kind: "sequenceNumber", value: at + 1, skipped });
  expect(plan.entries).toMatchObject([{ partitionId, target: { sequenceNumber: at }, replays: 0, skips: 1 }]);
  const preview = "skipped" in plan.target ? plan.target.skipped.preview : null;
  expect(preview).toBe(poison.slice(0, 512));

  const scope = new Scope([{ role: "viewer", hubs: ["*"], groups: ["*"] }]);
  expect(scope.aimed("orders", plan).target).toMatchObject({ skipped: { ...skipped, preview: null } });
  const beyond = { ...request, sequenceNumber: at + 50 };
  await expect(runtime.resets.previewSkip(address, partitionId, beyond, me)).rejects.toThrow("no event");
});

it("plans to skip no other event than the chosen one, and none that the group has passed", async () => {
  const partitionId = "1";
  world.enqueue("orders", partitionId, 10);
  const at = world.eventHubs.partition("orders", partitionId).lastEnqueuedSequenceNumber - 5;
  await world.checkpoint("orders", "billing", partitionId, at - 1);
  const { runtime } = await start({ inspectionConsumerGroup: "tidemark" });
  const address = { hub: "orders", group: "billing", store: undefined };
  const me = { name: "ada", key: "ada", role: "admin" as const };
  const skip = (sequenceNumber: number) =>
    runtime.resets.previewSkip(
      address,
      partitionId,
      { sequenceNumber, mode: "offline", handlerSeconds: 30 },
      me,
    );
  expect((await skip(at)).target).toMatchObject({ skipped: { sequenceNumber: at } });
  await world.checkpoint("orders", "billing", partitionId, at);
  await expect(skip(at)).rejects.toMatchObject({
    code: "conflict",
    message: `The group is past event ${at} of partition 1 already: its checkpoint is at ${at}. There is nothing to skip.`,
  });
  await world.checkpoint("orders", "billing", partitionId, at + 2);
  await expect(skip(at)).rejects.toThrow(`its checkpoint is at ${at + 2}`);
  world.eventHubs.trim("orders", partitionId, at + 4);
  await expect(skip(at + 3)).rejects.toMatchObject({
    code: "notFound",
    message: `Event ${at + 3} is not in the stream of partition 1: retention may have deleted it. The next event there is ${at + 4}.`,
  });
});

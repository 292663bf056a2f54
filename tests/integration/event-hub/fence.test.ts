import { earliestEventPosition } from "@azure/event-hubs";
import { expect, it, onTestFinished, vi } from "vitest";
import { type Fence, openFence } from "#lib/event-hub/fence.ts";
import { PropertyRate } from "#lib/event-hub/rate/property-rate.ts";
import type { LocalEventHubs } from "#lib/sandbox/local-event-hubs.ts";
import {
  attached,
  consumerFor,
  gotError,
  gotEvents,
  readPartition,
  startEndpoint,
} from "#tests/support/local-event-hubs.ts";
import { startMuteProxy } from "#tests/support/proxies/mute-proxy.ts";

const place: [string, string, string] = ["orders", "billing", "0"];

async function start(): Promise<LocalEventHubs> {
  const endpoint = await startEndpoint([{ name: "orders", partitionCount: 2, consumerGroups: ["billing"] }]);
  endpoint.append("orders", "0", [{ body: "first" }]);
  return endpoint;
}

function fenceOf(endpoint: LocalEventHubs, ownerLevel: number | null, lastSequenceNumber: number | null = 0) {
  const connection = { connectionString: endpoint.connectionString, eventHubName: "orders" };
  return openFence(connection, {
    consumerGroup: "billing",
    partitionId: "0",
    ownerLevel,
    lastSequenceNumber,
  });
}

async function attachedFence(
  endpoint: LocalEventHubs,
  ownerLevel: number,
  last?: number | null,
): Promise<Fence> {
  const answer = await fenceOf(endpoint, ownerLevel, last);
  if (answer.answer !== "attached") throw new Error(answer.answer);
  onTestFinished(async () => void (await answer.fence.close()));
  return answer.fence;
}

it("asks for the end of an empty stream at the hub's rate", async () => {
  const endpoint = await start();
  const connection = { connectionString: endpoint.connectionString, eventHubName: "orders" };
  const rate = new PropertyRate();
  const about = { consumerGroup: "billing", partitionId: "1", ownerLevel: 1, lastSequenceNumber: null, rate };
  const answer = await openFence(connection, about);
  if (answer.answer !== "attached") throw new Error(answer.answer);
  onTestFinished(async () => void (await answer.fence.close()));
  const turn = vi.spyOn(rate, "turn");
  expect(await answer.fence.streamEnd()).toBe(-1);
  expect(turn.mock.calls).toEqual([[expect.objectContaining({ first: true })]]);
  endpoint.beBusy(2);
  expect(await answer.fence.streamEnd()).toBeNull();
  expect(rate.isBusy).toBe(true);
});

it("asks no more for the end of the stream once it is closed", async () => {
  const endpoint = await start();
  const connection = { connectionString: endpoint.connectionString, eventHubName: "orders" };
  const rate = new PropertyRate({ ceiling: 0.2 });
  const about = { consumerGroup: "billing", partitionId: "1", ownerLevel: 1, lastSequenceNumber: null, rate };
  const answer = await openFence(connection, about);
  if (answer.answer !== "attached") throw new Error(answer.answer);
  await rate.turn({ signal: new AbortController().signal });
  const turn = vi.spyOn(rate, "turn");
  const end = answer.fence.streamEnd();
  expect(await answer.fence.close()).toBe(true);
  expect(await end).toBeNull();
  await expect(turn.mock.results[0]?.value).rejects.toThrow();
});

/** The level of a processor with a checkpoint store is 0. A client without one starts at 1. */
function read(endpoint: LocalEventHubs, ownerLevel: number) {
  return readPartition(consumerFor(endpoint, "orders", "billing"), "0", earliestEventPosition, {
    ownerLevel,
  });
}

it.each([
  ["with events", 0],
  ["that is taken for empty", null],
])(
  "throws a reader of its level out of a partition %s, and lets it in again once it is closed",
  async (_, last) => {
    const endpoint = await start();
    const processor = read(endpoint, 1);
    await gotEvents(processor, 1);
    const fence = await attachedFence(endpoint, 1, last);

    expect(await gotError(processor)).toMatchObject({ code: "ReceiverDisconnectedError" });
    expect(endpoint.readers(...place)).toBe(1);
    expect(await fence.close()).toBe(true);
    expect(endpoint.readers(...place)).toBe(0);
    await gotEvents(read(endpoint, 1), 1);
  },
);

it("keeps lower levels out while it is attached, also while events come in", async () => {
  const endpoint = await start();
  await attachedFence(endpoint, 5);
  for (let round = 0; round < 3; round += 1) {
    expect(await gotError(read(endpoint, 4))).toMatchObject({ code: "ReceiverDisconnectedError" });
    endpoint.append("orders", "0", [{ body: round }]);
  }
});

it.each([
  ["that has been read to its end", 1],
  ["whose end was not known", 0],
  ["that was taken for empty", null],
])("tells the last event of a partition %s", async (_, last) => {
  const endpoint = await start();
  endpoint.append("orders", "0", [{ body: "second" }]);
  const fence = await attachedFence(endpoint, 1, last);
  expect(await fence.streamEnd()).toBe(1);
});

it("says by which level it is refused", async () => {
  const endpoint = await start();
  await gotEvents(read(endpoint, 7), 1);

  expect(await fenceOf(endpoint, 1)).toMatchObject({ answer: "refused", ownerLevel: 7 });
  expect(await fenceOf(endpoint, null)).toMatchObject({ answer: "refused", ownerLevel: 7 });
  await attachedFence(endpoint, 8);
});

it.each([1, 2])("notices when a reader of level %i throws it out, and does not come back", async (level) => {
  const endpoint = await start();
  const fence = await attachedFence(endpoint, 1);
  const other = read(endpoint, level);
  await gotEvents(other, 1);

  expect(await fence.lost).toMatchObject({ byReader: true });
  expect(await fence.close()).toBe(true);
  expect(other.errors).toEqual([]);
  await attached(endpoint, place, 1);
});

it("attaches again by itself when its connection is cut", async () => {
  const endpoint = await start();
  await attachedFence(endpoint, 3);
  endpoint.dropConnections();

  await vi.waitFor(() => expect(endpoint.readers(...place)).toBe(1), { timeout: 10_000 });
  expect(await gotError(read(endpoint, 2))).toMatchObject({ code: "ReceiverDisconnectedError" });
});

it("tells that it is lost when the service is gone", async () => {
  const endpoint = await start();
  const fence = await attachedFence(endpoint, 3);
  await endpoint.stop();

  expect(await fence.lost).toMatchObject({ byReader: false });
  await fence.close();
});

it("fails with a sentence when the service can't be reached", async () => {
  const endpoint = await start();
  await endpoint.stop();

  const answer = await fenceOf(endpoint, 1);
  expect(answer).toMatchObject({ answer: "failed", error: { code: "azureUnreachable" } });
});

it("tells that its detach was not confirmed when it is given up while the service is silent", async () => {
  const endpoint = await start();
  const proxy = await startMuteProxy(endpoint.port);
  onTestFinished(() => proxy.stop());
  const connectionString = endpoint.connectionString.replace(`:${endpoint.port}`, `:${proxy.port}`);
  const options = { consumerGroup: "billing", partitionId: "0", ownerLevel: 1, lastSequenceNumber: null };
  const stop = new AbortController();
  const opening = openFence(
    { connectionString, eventHubName: "orders" },
    { ...options, abortSignal: stop.signal },
  );
  await vi.waitFor(() => expect(endpoint.readers(...place)).toBe(1), { timeout: 10_000, interval: 5 });
  // The link is up, and nothing more is heard before its second is over.
  await new Promise((resolve) => setTimeout(resolve, 300));
  proxy.isMuted = true;
  stop.abort();
  expect(await opening).toMatchObject({ answer: "failed", isClean: false });
});

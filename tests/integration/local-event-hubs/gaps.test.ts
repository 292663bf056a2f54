import { describe, expect, it } from "vitest";
import {
  consumerFor,
  gotError,
  gotEvents,
  readPartition,
  startEndpoint,
} from "#tests/support/local-event-hubs.ts";

const numbered = (count: number) => Array.from({ length: count }, (_, body) => ({ body }));

describe("gaps", () => {
  it("are skipped by readers, and stay within the figures", async () => {
    const endpoint = await startEndpoint([{ name: "orders", partitionCount: 1 }]);
    endpoint.append("orders", "0", numbered(8));
    endpoint.remove("orders", "0", [0, 3, 4, 7]);
    const client = consumerFor(endpoint, "orders");

    const reader = readPartition(client, "0", { sequenceNumber: 3, isInclusive: true });
    const events = await gotEvents(reader, 2);
    await reader.close();
    expect(events.map(({ sequenceNumber }) => sequenceNumber)).toEqual([5, 6]);
    expect(await client.getPartitionProperties("0")).toMatchObject({
      beginningSequenceNumber: 0,
      lastEnqueuedSequenceNumber: 7,
    });
  });
});

describe("a geo-replicated hub", () => {
  it("says so, takes its events' offsets as a start, and refuses the last one in its figures", async () => {
    const endpoint = await startEndpoint([{ name: "orders", partitionCount: 1, isGeoReplicated: true }]);
    endpoint.append("orders", "0", numbered(4));
    const client = consumerFor(endpoint, "orders");
    expect((await client.getEventHubProperties()).isGeoDrEnabled).toBe(true);

    const all = readPartition(client, "0", { offset: "-1" });
    const offset = (await gotEvents(all, 4))[1]?.offset ?? "";
    await all.close();
    const rest = readPartition(client, "0", { offset });
    expect((await gotEvents(rest, 2)).map(({ body }) => body)).toEqual([2, 3]);
    await rest.close();
    const { lastEnqueuedOffset } = await client.getPartitionProperties("0");
    const refused = readPartition(client, "0", { offset: lastEnqueuedOffset });
    expect(await gotError(refused)).toMatchObject({ code: "ArgumentError" });
  });
});

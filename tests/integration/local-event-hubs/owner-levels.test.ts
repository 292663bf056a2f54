import { earliestEventPosition } from "@azure/event-hubs";
import { describe, expect, it } from "vitest";
import type { LocalEventHubs } from "#lib/sandbox/local-event-hubs.ts";
import {
  attached,
  consumerFor,
  gotError,
  gotEvents,
  readPartition,
  startEndpoint,
  type TestReader,
} from "#tests/support/local-event-hubs.ts";

const place: [string, string, string] = ["orders", "billing", "0"];
const stolen = { name: "MessagingError", code: "ReceiverDisconnectedError", retryable: false };

async function start(): Promise<LocalEventHubs> {
  const endpoint = await startEndpoint([{ name: "orders", partitionCount: 2, consumerGroups: ["billing"] }]);
  endpoint.append("orders", "0", [{ body: "first" }]);
  return endpoint;
}

// The client uses level 0 only for a checkpoint store, never from its options, so levels here start at 1.
function read(endpoint: LocalEventHubs, ownerLevel?: number): TestReader {
  const options = ownerLevel === undefined ? {} : { ownerLevel };
  return readPartition(consumerFor(endpoint, "orders", "billing"), "0", earliestEventPosition, options);
}

describe("owner levels", () => {
  it.each([1, 2, 7])("lets a reader of level %i throw out one of level 1", async (level) => {
    const endpoint = await start();
    const old = read(endpoint, 1);
    await gotEvents(old, 1);
    const next = read(endpoint, level);
    await gotEvents(next, 1);

    expect(await gotError(old)).toMatchObject(stolen);
    await attached(endpoint, place, 1);
    endpoint.append("orders", "0", [{ body: "second" }]);
    await gotEvents(next, 2);
    expect(old.events).toHaveLength(1);
  });

  it("lets a reader with a level throw out all that have none", async () => {
    const endpoint = await start();
    const plain = [read(endpoint), read(endpoint)];
    for (const reader of plain) await gotEvents(reader, 1);
    await gotEvents(read(endpoint, 1), 1);

    for (const reader of plain) expect(await gotError(reader)).toMatchObject(stolen);
  });

  it("refuses a lower level, naming the higher one, and leaves its reader alone", async () => {
    const endpoint = await start();
    const owner = read(endpoint, 5);
    await gotEvents(owner, 1);
    const error = await gotError(read(endpoint, 4));

    expect(error).toMatchObject(stolen);
    expect(error.message).toContain("with a higher epoch '5' already exists");
    endpoint.append("orders", "0", [{ body: "second" }]);
    await gotEvents(owner, 2);
  });

  it("refuses a reader without a level beside one with a level", async () => {
    const endpoint = await start();
    const owner = read(endpoint, 1);
    await gotEvents(owner, 1);

    expect(await gotError(read(endpoint))).toMatchObject({
      ...stolen,
      message: expect.stringContaining("non-epoch receiver is not allowed"),
    });
    expect(owner.errors).toEqual([]);
  });

  it("forgets a level once its reader has left", async () => {
    const endpoint = await start();
    const owner = read(endpoint, 9);
    await gotEvents(owner, 1);
    await owner.close();
    await attached(endpoint, place, 0);

    await gotEvents(read(endpoint, 1), 1);
  });

  it("keeps other groups and partitions out of it", async () => {
    const endpoint = await start();
    endpoint.append("orders", "1", [{ body: "other" }]);
    const owner = read(endpoint, 9);
    await gotEvents(owner, 1);

    await gotEvents(readPartition(consumerFor(endpoint, "orders"), "0", earliestEventPosition), 1);
    const other = consumerFor(endpoint, "orders", "billing");
    await gotEvents(readPartition(other, "1", earliestEventPosition, { ownerLevel: 1 }), 1);
    expect(owner.errors).toEqual([]);
  });
});

describe("readers without a level", () => {
  it("are five at most, and a freed place is used again", async () => {
    const endpoint = await start();
    const readers = Array.from({ length: 5 }, () => read(endpoint));
    for (const reader of readers) await gotEvents(reader, 1);

    const error = await gotError(read(endpoint));
    expect(error).toMatchObject({ name: "MessagingError", code: "QuotaExceededError", retryable: false });
    expect(error.message).toContain("which is 5");

    await readers[0]?.close();
    await attached(endpoint, place, 4);
    await gotEvents(read(endpoint), 1);
    expect(readers.flatMap(({ errors }) => errors)).toEqual([]);
  });
});

import { expect, it, vi } from "vitest";
import { AppError } from "#lib/core/app-error.ts";
import type { PartitionReading } from "#lib/core/hub-reading.ts";
import type { HubReader } from "#lib/event-hub/hub-reader.ts";
import { readWholeHub } from "#lib/server/resets/read-whole-hub.ts";

const createdOn = 1_700_000_000_000;
const passing = new AppError("azureTimeout", "No answer.", { retryable: true });
const lasting = new AppError("azureUnauthorized", "No right to listen.");

const read = (partitionId: string, last: number): PartitionReading => ({
  partitionId,
  properties: {
    partitionId,
    beginningSequenceNumber: 0,
    lastEnqueuedSequenceNumber: last,
    lastEnqueuedOffset: String(last),
    lastEnqueuedAt: null,
    isEmpty: false,
  },
  error: null,
});
const unread = (partitionId: string, error: AppError): PartitionReading => ({
  partitionId,
  properties: null,
  error,
});

function readerOf(...answers: (PartitionReading[] | AppError | { createdOn: number })[]) {
  return vi.fn<HubReader["read"]>(async () => {
    const answer = answers.shift() ?? lasting;
    if (answer instanceof AppError) throw answer;
    const whole = { readAt: 1, createdOn, isGeoDrEnabled: false, requests: 1, partitions: [] };
    return Array.isArray(answer) ? { ...whole, partitions: answer } : { ...whole, ...answer };
  });
}

const partial = [read("0", 5), unread("1", passing), unread("2", lasting)];

it("reads the partitions once more that failed for a passing reason, and those alone", async () => {
  const reader = readerOf(partial, [read("1", 7)]);
  const { partitions } = await readWholeHub({ read: reader });
  expect(partitions).toEqual([read("0", 5), read("1", 7), unread("2", lasting)]);
  expect(reader.mock.calls.map(([options]) => options?.partitionIds)).toEqual([undefined, ["1"]]);
});

it("asks once where nothing failed, or nothing that passes", async () => {
  for (const answer of [[read("0", 5)], [read("0", 5), unread("1", lasting)]]) {
    const reader = readerOf(answer);
    expect((await readWholeHub({ read: reader })).partitions).toEqual(answer);
    expect(reader).toHaveBeenCalledTimes(1);
  }
});

it.each([
  ["fails", lasting],
  ["is of another hub of that name", { createdOn: createdOn + 1 }],
  ["lacks the partition", []],
])("keeps the first reading when the second one %s", async (_, second) => {
  expect((await readWholeHub({ read: readerOf(partial, second) })).partitions).toEqual(partial);
});

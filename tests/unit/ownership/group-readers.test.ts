import { expect, it } from "vitest";
import { groupReaders } from "#lib/ownership/group-readers.ts";
import { checkpoint, noon, ownership, storedGroup } from "#tests/support/fixtures/sources.ts";

const readers = (...group: Parameters<typeof storedGroup>) => groupReaders(storedGroup(...group), noon, 60);
const seconds = (ago: number) => noon - ago * 1000;

it("are the owners of partitions", () => {
  expect(readers("g", [], [ownership("0", "a", seconds(59))])).toBe("is owned by a");
  expect(readers("g", [], [ownership("0", "b"), ownership("1", "a")])).toBe("has 2 owners, among them a");
});

it("are also those who checkpoint without owning anything", () => {
  expect(readers("g", [checkpoint("0", 5, seconds(59)), checkpoint("1", 5, seconds(900))])).toBe(
    "has no owner, but checkpointed 59 s ago",
  );
  expect(readers("g", [checkpoint("0", 5, seconds(0.4))])).toBe("has no owner, but checkpointed just now");
});

it("are nobody after an expiry of silence, or when there was never anything else", () => {
  expect(readers("g", [checkpoint("0", 5, seconds(60))], [ownership("0", "a", seconds(60))])).toBeNull();
  expect(readers("g", [], [ownership("0", "")])).toBeNull();
  expect(groupReaders(undefined, noon, 60)).toBeNull();
});

it("don't include the dashboard's own writes", () => {
  const own = { ...checkpoint("0", 5, seconds(3)), writtenBy: "tidemark/r1/0" };
  expect(readers("g", [own])).toBeNull();
});

import { describe, expect, it } from "vitest";
import type { ResetPlan } from "#lib/api/resets.ts";
import {
  changedPositions,
  parsePosition,
  positionFault,
  positionsRequest,
  takesPositions,
  typableEntries,
} from "#lib/client/resets/review/typed-positions.ts";
import { fixturePlan, fixturePlanEntry } from "#tests/support/fixtures/fixture-resets.ts";

const bounds = { beginningSequenceNumber: 100, lastEnqueuedSequenceNumber: 200 };
const target = (sequenceNumber: number) => ({ sequenceNumber, offset: "9", enqueuedAt: null });
const entries = [
  fixturePlanEntry({ partitionId: "0", target: target(149) }),
  fixturePlanEntry({ partitionId: "1", target: null }),
  fixturePlanEntry({ partitionId: "2", target: target(99) }),
];

describe("a typed position", () => {
  it.each([
    ["1,500", 1_500],
    ["1 500", 1_500],
    ["0", 0],
    ["-1", null],
    ["1.5", null],
    // A decimal comma would be another position, ten times as far.
    ["1,5", null],
    ["48,10", null],
    ["1,,000", null],
    ["", null],
    ["9007199254740992", null],
  ])("%j is %j", (text, value) => expect(parsePosition(text)).toBe(value));

  it.each([
    ["", null],
    ["100", null],
    ["201", null],
    ["99", "Event 99 is gone. The partition begins at 100."],
    ["202", "Event 202 does not exist yet. The next one is 201."],
    ["x", "Type a whole number."],
  ])("%j within 100 to 200: %j", (text, fault) => expect(positionFault(text, bounds)).toBe(fault));

  it("is not held to bounds that nobody knows, or to those of a partition that was never used", () => {
    expect(positionFault("7", undefined)).toBeNull();
    const unused = { beginningSequenceNumber: -1, lastEnqueuedSequenceNumber: -1 };
    expect([positionFault("0", unused), positionFault("1", unused)]).toEqual([
      null,
      "Event 1 does not exist yet. The next one is 0.",
    ]);
  });
});

it("plans what was typed, the other targets as they are, and leaves out what has none", () => {
  const typed = new Map([
    ["0", "160"],
    ["2", "100"],
  ]);
  const changed = changedPositions(entries, typed);
  expect([...changed]).toEqual([["0", 160]]);
  const plan = fixturePlan(entries, { mode: "live", handlerSeconds: 12 });
  expect(positionsRequest(plan, changed)).toEqual({
    partitions: ["0", "2"],
    target: { kind: "positions", values: { 0: 160, 2: 100 } },
    mode: "live",
    handlerSeconds: 12,
  });
  expect(positionsRequest(plan, new Map([["1", 5]])).target).toMatchObject({
    values: { 0: 150, 1: 5, 2: 100 },
  });
});

it("offers the partitions that the plan leaves alone as well", () => {
  const plan = fixturePlan(entries, { unchangedPartitions: ["3"] });
  expect(typableEntries(plan, undefined).map(({ partitionId }) => partitionId)).toEqual(["0", "1", "2", "3"]);
});

it.each<[ResetPlan["target"], boolean]>([
  [{ kind: "latest" }, true],
  [{ kind: "positions", values: {} }, true],
  [{ kind: "undo", resetId: "a" }, false],
])("%j takes typed positions: %j", (kind, takes) => {
  expect(takesPositions(fixturePlan([], { target: kind }))).toBe(takes);
});

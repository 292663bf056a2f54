import { expect, it } from "vitest";
import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { operationOf, waysToReplace } from "#lib/api/reasons/operation.ts";
import { reason, sentenceOf, toWire } from "#lib/api/reasons/reason.ts";

const operations = {
  reset: operationOf({ target: { kind: "earliest" } }),
  move: operationOf({ target: { kind: "move" } }),
  cleanup: operationOf({ target: { kind: "cleanup" }, entries: [{ partitionId: "a/checkpoint/0" }] }),
  undo: operationOf({ target: { kind: "undo" }, entries: [{ partitionId: "0" }] }),
  undoneCleanup: operationOf({ target: { kind: "undo" }, entries: [{ partitionId: "a/checkpoint/0" }] }),
};

const owner = { ownerId: "billing-1", renewedSecondsAgo: 5 };
const told: [Reason, Record<keyof typeof operations, string>][] = [
  [
    reason("ownedNow", owner),
    {
      reset: "would overwrite the reset",
      move: "would overwrite the move",
      cleanup: "may still need the blob",
      undo: "would overwrite the undo",
      undoneCleanup: "would overwrite the undo",
    },
  ],
  [
    reason("allBlocked", { partitions: 2 }),
    {
      reset: "None of the 2 partitions can be reset.",
      move: "None of the 2 partitions can be moved.",
      cleanup: "None of the 2 partitions can be cleaned up.",
      undo: "None of the 2 partitions can be undone.",
      undoneCleanup: "None of the 2 partitions can be undone.",
    },
  ],
  [
    reason("dashboardStopped"),
    {
      reset: "before this partition's turn",
      move: "before this partition's turn",
      cleanup: "before this blob's turn",
      undo: "before this partition's turn",
      undoneCleanup: "before this blob's turn",
    },
  ],
  [
    reason("checkpointDeletedMeanwhile"),
    {
      reset: "during the reset",
      move: "during the move",
      cleanup: "during the clean-up",
      undo: "during the undo",
      undoneCleanup: "during the undo",
    },
  ],
];

it.each(told)("calls each operation by its own words, within other reasons too: %j", (why, texts) => {
  const within = reason("groupRunning", { partitions: 1, because: why });
  for (const [kind, text] of Object.entries(texts)) {
    const operation = operations[kind as keyof typeof operations];
    expect(sentenceOf(why, operation)).toContain(text);
    expect(sentenceOf(within, operation)).toContain(text);
    const { message, params } = toWire(within, operation);
    expect([message, JSON.stringify(params)].every((one) => one.includes(text))).toBe(true);
  }
});

it("says how to replace what stands at a target where the sentence is read, within other reasons too", () => {
  const because = reason("targetOccupied", { blobName: "orders/checkpoint/0", sequenceNumber: 7 });
  const within = reason("partitionsLeft", { partitions: 1, because });
  for (const toReplace of Object.values(waysToReplace))
    expect(sentenceOf(within, { ...operations.move, toReplace })).toContain(`${toReplace} to replace it.`);
});

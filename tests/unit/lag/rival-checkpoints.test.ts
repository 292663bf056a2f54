import { expect, it } from "vitest";
import { severalCheckpoints } from "#lib/lag/rival-checkpoints.ts";
import { groupNotes } from "#lib/monitor/group/group-notes.ts";
import { like } from "#tests/support/fixtures/reasons.ts";
import { checkpoint, noon, storedGroup } from "#tests/support/fixtures/sources.ts";

const now = noon + 30_000;
const old = noon - 3_600_000;

it("finds partitions with two checkpoint blobs, and those where both move", () => {
  const group = {
    ...storedGroup("g", [checkpoint("0", 9), checkpoint("1", 9), checkpoint("2", 9, old)]),
    superseded: [
      checkpoint("0", 5, noon - 20_000),
      checkpoint("0", 4, old),
      { ...checkpoint("1", 5, old), format: "functions" as const },
      checkpoint("2", 1, old - 1),
      checkpoint("7", 1),
    ],
  };
  const several = severalCheckpoints(group, now, 60);
  expect([...several].map(([id, { others, isContested }]) => [id, others.length, isContested])).toEqual([
    ["0", 2, true],
    ["1", 1, false],
    ["2", 1, false],
  ]);
  expect(several.get("0")?.others.map(({ sequenceNumber }) => sequenceNumber)).toEqual([5, 4]);
  expect(groupNotes(several, 60).map(({ code, partitionIds }) => [code, partitionIds])).toEqual([
    ["contestedCheckpoints", ["0"]],
    ["severalCheckpoints", ["1", "2"]],
  ]);
  expect(groupNotes(several, 60)).toEqual([
    like("contestedCheckpoints", { isRespelled: true, layouts: ["common"], expirationSeconds: 60 }),
    like("severalCheckpoints", { partitions: 2, layouts: ["common", "functions"] }),
  ]);
});

it("finds nothing in a group with one blob per partition", () => {
  const several = severalCheckpoints(storedGroup("g", [checkpoint("0", 9)]), now, 60);
  expect(several.size).toBe(0);
  expect(groupNotes(several, 60)).toEqual([]);
});

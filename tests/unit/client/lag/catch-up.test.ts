import { expect, it } from "vitest";
import { catchUpOf } from "#lib/client/lag/catch-up.ts";
import { fixtureGroup } from "#tests/support/worlds/fixture-world.ts";

const behind = { status: "warn", totalLag: 9_000, lagChangePerSecond: -5, catchUpSeconds: 1_800 } as const;

it.each([
  ["caught up", { status: "ok", totalLag: 12, lagChangePerSecond: 0, catchUpSeconds: 1_904 }, 0],
  ["caught up", { ...behind, totalLag: 0 }, 0],
  ["30 m", behind, 0],
  ["never", { ...behind, lagChangePerSecond: 5, catchUpSeconds: null }, 0],
  ["never", { ...behind, lagChangePerSecond: null, catchUpSeconds: null }, 1],
  ["—", { ...behind, lagChangePerSecond: null, catchUpSeconds: null }, 0],
  ["—", { ...behind, partitionsUnknown: 1 }, 0],
  ["—", { ...behind, status: "unknown" }, 0],
] as const)("says %s of a group with %o and %i partitions that stand still", (text, more, standing) => {
  expect(catchUpOf(fixtureGroup(more), standing).text).toBe(text);
});

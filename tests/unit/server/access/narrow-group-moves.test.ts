import { expect, it, vi } from "vitest";
import type { Grant, Role } from "#lib/core/access.ts";
import { narrowGroupMoves } from "#lib/server/access/narrow/narrow-group-moves.ts";
import { Scope } from "#lib/server/access/scope.ts";
import type { GroupMovesRuntime } from "#lib/server/moves/group-moves-runtime.ts";
import { groupMove } from "#tests/support/fixtures/group-moves.ts";

const me = { name: "admin-1", key: "admin-1", role: "admin" } as const;
const move = groupMove(["moved", "failed"], { groups: ["group-0", "group-1"] });

function narrowed(role: Role, groups: string[], hubs = ["orders"]) {
  const { entries: _, results: __, ...head } = move;
  const whole = {
    preview: vi.fn(async () => move),
    undo: vi.fn(async () => move),
    apply: vi.fn(async () => move),
    stop: vi.fn(async () => move),
    groupMove: vi.fn(async () => move),
    groupMoves: vi.fn(async () => ({ groupMoves: [head] })),
  } satisfies GroupMovesRuntime;
  const grants: Grant[] = [{ role, hubs, groups }];
  return { whole, moves: narrowGroupMoves(whole, new Scope(grants)) };
}

it("shows of a move the groups that somebody sees, and names no other", async () => {
  const { moves } = narrowed("viewer", ["group-0"]);
  const seen = await moves.groupMove(move.id);
  expect(seen).toMatchObject({ entries: [{ group: "group-0" }], results: { moved: 1, failed: 0 } });
  expect(JSON.stringify([seen, await moves.groupMoves(undefined)])).not.toContain("group-1");
});

it("is not there for somebody who sees none of its groups", async () => {
  const { moves } = narrowed("admin", ["other"]);
  await expect(moves.groupMove(move.id)).rejects.toMatchObject({ code: "notFound" });
  await expect(moves.apply(move.id, { confirm: "new" }, me)).rejects.toMatchObject({ code: "notFound" });
  expect(await moves.groupMoves(undefined)).toEqual({ groupMoves: [] });
});

it("is applied and stopped by an admin of all of its groups alone, and its undo planned by an operator of all", async () => {
  const some = narrowed("admin", ["group-0"]);
  await expect(some.moves.apply(move.id, { confirm: "new" }, me)).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(some.moves.stop(move.id, me)).rejects.toMatchObject({ code: "forbidden" });
  expect(some.whole.apply).not.toHaveBeenCalled();
  const operator = narrowed("operator", ["*"]);
  await expect(operator.moves.stop(move.id, me)).rejects.toMatchObject({ code: "forbidden" });
  await expect(some.moves.undo(move.id, { whenRunning: "skip" }, me)).rejects.toMatchObject({
    code: "forbidden",
  });
  await operator.moves.undo(move.id, { whenRunning: "skip" }, me);
  expect(operator.whole.undo).toHaveBeenCalledOnce();
  const viewer = narrowed("viewer", ["*"]);
  await expect(viewer.moves.undo(move.id, { whenRunning: "skip" }, me)).rejects.toMatchObject({
    code: "forbidden",
  });
  const all = narrowed("admin", ["group-*"]);
  await all.moves.apply(move.id, { confirm: "new" }, me);
  expect(all.whole.apply).toHaveBeenCalledOnce();
});

it("is planned for the groups that somebody may move, out of a hub that they see", async () => {
  const { moves, whole } = narrowed("operator", ["group-0"]);
  const request = {
    from: { hub: "orders", store: "old", allHubs: true },
    to: { store: "new" },
    groups: ["*"],
    whenRunning: "skip" as const,
  };
  await moves.preview(request, me);
  const [, , covers] = whole.preview.mock.calls[0] as unknown as Parameters<GroupMovesRuntime["preview"]>;
  expect([
    covers?.("orders", "group-0"),
    covers?.("orders", "group-1"),
    covers?.("payments", "group-0"),
  ]).toEqual([true, false, false]);
  const elsewhere = { ...request, from: { ...request.from, hub: "payments" } };
  await expect(moves.preview(elsewhere, me)).rejects.toMatchObject({ code: "notFound" });
});

import type { GroupMove } from "#lib/api/plans/group-moves.ts";
import { isAtLeast, roleAt, roleEverywhere } from "#lib/core/access.ts";
import { AppError } from "#lib/core/app-error.ts";
import type { Scope } from "#lib/server/access/scope.ts";
import type { GroupMovesRuntime } from "#lib/server/moves/group-moves-runtime.ts";
import { countResults } from "#lib/server/moves/shown-group-move.ts";

/**
 * Whoever sees some of the groups sees these. Undo needs an operator of all of them, applying and stopping an
 * admin.
 */
export function narrowGroupMoves(whole: GroupMovesRuntime, scope: Scope): GroupMovesRuntime {
  const covers = (hub: string, group: string) => isAtLeast(roleAt(scope.grants, { hub, group }), "operator");
  const needOfAll = async (role: "operator" | "admin", id: string) => {
    const move = await seen(id);
    if (move.entries.length < (await whole.groupMove(id)).entries.length)
      throw new AppError("forbidden", "This move is also of groups that your role does not cover.");
    for (const { hub, group, store } of move.entries) scope.need(role, { hub, group }, store);
  };
  async function seen(id: string): Promise<GroupMove> {
    const move = await whole.groupMove(id);
    const entries = move.entries.filter(({ hub, group }) => scope.sees(hub, group));
    if (entries.length === move.entries.length) return move;
    if (entries.length === 0)
      throw new AppError("notFound", `There is no move of groups ${JSON.stringify(id)}.`);
    // Somebody else's patterns may name groups that are hidden.
    return { ...move, groups: [], entries, results: countResults(entries) };
  }
  return {
    preview: async (request, caller) => {
      scope.need("viewer", { hub: request.from.hub });
      return whole.preview(request, caller, covers);
    },
    undo: async (id, request, caller) => {
      await needOfAll("operator", id);
      return whole.undo(id, request, caller);
    },
    apply: async (id, request, caller) => {
      await needOfAll("admin", id);
      return whole.apply(id, request, caller);
    },
    stop: async (id, caller) => {
      await needOfAll("admin", id);
      return whole.stop(id, caller);
    },
    groupMove: seen,
    groupMoves: async (limit) => {
      const { groupMoves } = await whole.groupMoves(limit);
      if (roleEverywhere(scope.grants) !== null) return { groupMoves };
      const found = await Promise.all(groupMoves.map(({ id }) => seen(id).catch(() => null)));
      return {
        groupMoves: found.flatMap((move) => {
          if (move === null) return [];
          const { entries: _, results: __, ...head } = move;
          return [head];
        }),
      };
    },
  };
}

import type { InputRequiredResult, McpServer, ServerContext } from "@modelcontextprotocol/server";
import { operations } from "#lib/api/operations/operations.ts";
import type { GroupMove } from "#lib/api/plans/group-moves.ts";
import { plural } from "#lib/client/format/format.ts";
import { groupMoveSummary, movableOf } from "#lib/client/moves/group-move-words.ts";
import { groupMovePath } from "#lib/client/url/paths.ts";
import { AppError } from "#lib/core/app-error.ts";
import { admitAt, admitCaller, noteRefusal } from "#lib/server/access/admit-caller.ts";
import { perform } from "#lib/server/access/perform.ts";
import { runtime } from "#lib/server/runtime.ts";
import { askedName } from "./asked-name.ts";
import { shorten } from "./short.ts";
import { type Found, register, type ToolWorld } from "./tool.ts";

const { previewGroupMove, getGroupMove, applyGroupMove, stopGroupMove, undoGroupMove } = operations;

export function registerGroupMoveTools(server: McpServer, world: ToolWorld): void {
  register(server, world, {
    name: "plan_group_move",
    title: "Plan a move of several groups",
    description: `${previewGroupMove.summary} Show the plan, as group_move tells it, to the person before it is applied.`,
    input: previewGroupMove.body,
    isReadOnly: false,
    answer: (body) =>
      perform(previewGroupMove, { body }, async ({ caller, body: asked }) =>
        toldGroupMove(await runtime().groupMoves.preview(asked, caller)),
      ),
  });
  register(server, world, {
    name: "group_move",
    title: "Move of several groups",
    description: getGroupMove.summary,
    input: getGroupMove.params,
    isReadOnly: true,
    answer: (params) =>
      perform(getGroupMove, { params }, async () =>
        toldGroupMove(await runtime().groupMoves.groupMove(params.id)),
      ),
  });
  register(server, world, {
    name: "apply_group_move",
    title: "Apply a planned move of several groups, or its undo",
    description: `${applyGroupMove.summary} The person is asked to type the id of the store that the groups go to; nobody may type it for them.`,
    input: applyGroupMove.params,
    isReadOnly: false,
    isDestructive: true,
    answer: ({ id }, context) => apply(id, context),
  });
  register(server, world, {
    name: "stop_group_move",
    title: "Stop a move of several groups",
    description: stopGroupMove.summary,
    input: stopGroupMove.params,
    isReadOnly: false,
    answer: (params) =>
      perform(stopGroupMove, { params }, async ({ caller }) =>
        toldGroupMove(await runtime().groupMoves.stop(params.id, caller)),
      ),
  });
  register(server, world, {
    name: "undo_group_move",
    title: "Plan the undo of a move of several groups",
    description: undoGroupMove.summary,
    input: undoGroupMove.params.extend(undoGroupMove.body.shape),
    isReadOnly: false,
    answer: ({ id, ...body }) =>
      perform(undoGroupMove, { params: { id }, body }, async ({ caller, body: asked }) =>
        toldGroupMove(await runtime().groupMoves.undo(id, asked, caller)),
      ),
  });
}

async function apply(id: string, context: ServerContext): Promise<Found | InputRequiredResult> {
  const move = await perform(getGroupMove, { params: { id } }, () => runtime().groupMoves.groupMove(id));
  const answer = askedName(context, () => {
    admit(move);
    return {
      message: questionOf(move),
      title: "Store",
      description: "Type the id of the store that the groups go to.",
    };
  });
  if ("ask" in answer) return answer.ask;
  return perform(
    applyGroupMove,
    { params: { id }, body: { confirm: answer.typed } },
    async ({ body, caller }) => toldGroupMove(await runtime().groupMoves.apply(id, body, caller)),
  );
}

/** Refuses before asking a person for a confirmation that would not count. */
function admit({ entries }: GroupMove): void {
  const caller = admitted({});
  for (const { hub, group } of entries) admitted({ hub, group }, caller);
}

function admitted(where: { hub?: string; group?: string }, known?: ReturnType<typeof admitCaller>) {
  try {
    const caller = known ?? admitCaller(applyGroupMove);
    admitAt(applyGroupMove, caller, where);
    return caller;
  } catch (error) {
    noteRefusal(error, applyGroupMove.id, where);
    throw error;
  }
}

function questionOf(move: GroupMove): string {
  const { state, from, to, undoes, entries } = move;
  if (state !== "planned") throw new AppError("conflict", `This can't be applied: ${groupMoveSummary(move)}`);
  if (movableOf(move) === 0)
    throw new AppError("conflict", `No group of this plan can be moved. ${groupMoveSummary(move)}`);
  const [source, target] = [from.store, to.store].map((store) => JSON.stringify(store));
  const what =
    undoes === null
      ? `Move ${plural(entries.length, "group")} from the store ${source} to the store ${target}`
      : `Undo the move of ${plural(entries.length, "group")} to the store ${target}`;
  return `${what}: ${groupMoveSummary(move)} To apply it, type the id of the store that they ${undoes === null ? "go" : "went"} to.`;
}

function toldGroupMove(move: GroupMove): Found {
  const { id, state, from, to, undoes, undoneBy, expiresAt, results, entries } = move;
  const isOpen = state === "planning" || state === "running";
  return {
    text: `${groupMoveSummary(move)}${isOpen ? " Ask group_move for how it goes on." : ""}`,
    data: {
      id,
      state,
      from,
      to,
      undoes,
      undoneBy,
      expiresAt,
      results,
      entries: shorten(
        entries.map(({ reason, warnings, planId: _, ...entry }) => ({
          ...entry,
          reason: reason?.message ?? null,
          warnings: warnings.map(({ message }) => message),
        })),
      ),
    },
    page: groupMovePath(id),
  };
}

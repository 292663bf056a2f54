import type { InputRequiredResult, McpServer, ServerContext } from "@modelcontextprotocol/server";
import { z } from "zod";
import { operations } from "#lib/api/operations/operations.ts";
import { operationOf } from "#lib/api/reasons/operation.ts";
import { plural } from "#lib/client/format/format.ts";
import { resetResultPath } from "#lib/client/url/paths.ts";
import { admitAt, admitCaller, noteRefusal } from "#lib/server/access/admit-caller.ts";
import { perform } from "#lib/server/access/perform.ts";
import { runtime } from "#lib/server/runtime.ts";
import { askedName } from "./asked-name.ts";
import { shorten } from "./short.ts";
import { questionOf, toldPlan } from "./told-plan.ts";
import { type Found, register, type ToolWorld } from "./tool.ts";

const { previewReset, previewMove, previewCleanup, applyReset, getResetPlan, undoReset } = operations;
const planLives = "The plan lives for ten minutes; show it to the person before it is applied.";

export function registerResetTools(server: McpServer, world: ToolWorld): void {
  register(server, world, {
    name: "plan_reset",
    title: "Plan a reset",
    description: `${previewReset.summary} ${planLives}`,
    input: previewReset.params.extend(previewReset.query.shape).extend(previewReset.body.shape),
    isReadOnly: false,
    answer: ({ hub, group, store, ...body }) =>
      perform(
        previewReset,
        { params: { hub, group }, query: { store }, body },
        async ({ caller, body: asked }) =>
          toldPlan(await runtime().resets.preview({ hub, group, store }, asked, caller)),
      ),
  });
  register(server, world, {
    name: "plan_move",
    title: "Plan a move of checkpoints",
    description: `${previewMove.summary} ${planLives} The group's processors have to be stopped on both sides.`,
    input: previewMove.params.extend(previewMove.query.shape).extend(previewMove.body.shape),
    isReadOnly: false,
    answer: ({ hub, group, store, ...body }) =>
      perform(
        previewMove,
        { params: { hub, group }, query: { store }, body },
        async ({ caller, body: asked }) =>
          toldPlan(await runtime().resets.previewMove({ hub, group, store }, asked, caller)),
      ),
  });
  register(server, world, {
    name: "plan_cleanup",
    title: "Plan a clean-up",
    description: `${previewCleanup.summary} ${planLives}`,
    input: previewCleanup.params.extend(previewCleanup.query.shape).extend(previewCleanup.body.shape),
    isReadOnly: false,
    answer: ({ hub, group, store, ...body }) =>
      perform(
        previewCleanup,
        { params: { hub, group }, query: { store }, body },
        async ({ caller, body: asked }) =>
          toldPlan(await runtime().resets.previewCleanup({ hub, group, store }, asked, caller)),
      ),
  });
  register(server, world, {
    name: "apply_reset",
    title: "Apply a planned reset, move, clean-up or undo",
    description: `${applyReset.summary} Takes only the plan. The person is asked to type the group's name; nobody may type it for them.`,
    input: z.object({ planId: applyReset.body.shape.planId }),
    isReadOnly: false,
    isDestructive: true,
    answer: ({ planId }, context) => apply(planId, context),
  });
  register(server, world, {
    name: "undo",
    title: "Plan the undo of a reset, move or clean-up",
    description: undoReset.summary,
    input: z.object({ resetId: undoReset.params.shape.id }),
    isReadOnly: false,
    answer: ({ resetId }) =>
      perform(undoReset, { params: { id: resetId } }, async ({ caller }) =>
        toldPlan(await runtime().resets.undo(resetId, caller)),
      ),
  });
}

async function apply(planId: string, context: ServerContext): Promise<Found | InputRequiredResult> {
  const plan = await perform(getResetPlan, { params: { id: planId } }, ({ caller }) =>
    runtime().resets.plan(planId, caller),
  );
  const { hub, group, store } = plan;
  const answer = askedName(context, () => {
    admit(hub, group);
    return {
      message: questionOf(plan),
      title: "Consumer group",
      description: "Type the consumer group's name.",
    };
  });
  if ("ask" in answer) return answer.ask;
  const reset = await perform(
    applyReset,
    { params: { hub, group }, query: { store }, body: { planId, confirm: answer.typed } },
    ({ body, caller }) => runtime().resets.apply({ hub, group, store }, body, caller),
  );
  const { id, state, mode, entries } = reset;
  const { noun, entry } = operationOf(reset);
  return {
    text: `The ${noun} has begun (${mode}): ${plural(entries.length, entry)}. Look at its page, or at the group, for how it ends.`,
    data: {
      resetId: id,
      state,
      entries: shorten(entries.map(({ partitionId, result }) => ({ partitionId, result }))),
    },
    page: resetResultPath(id),
  };
}

/** Refuses before asking a person for a confirmation that would not count. */
function admit(hub: string, group: string): void {
  try {
    admitAt(applyReset, admitCaller(applyReset), { hub, group });
  } catch (error) {
    noteRefusal(error, applyReset.id, { hub, group });
    throw error;
  }
}

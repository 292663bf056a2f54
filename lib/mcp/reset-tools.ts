import {
  type InputRequiredResult,
  inputRequired,
  inputResponse,
  type McpServer,
  type ServerContext,
} from "@modelcontextprotocol/server";
import { z } from "zod";
import { operations } from "#lib/api/operations/operations.ts";
import type { KnownPlan } from "#lib/api/resets.ts";
import { planPath, resetResultPath } from "#lib/client/url/paths.ts";
import { AppError } from "#lib/core/app-error.ts";
import { admitAt, admitCaller, noteRefusal } from "#lib/server/access/admit-caller.ts";
import { perform } from "#lib/server/access/perform.ts";
import { runtime } from "#lib/server/runtime.ts";
import { shorten } from "./short.ts";
import { type Found, register, type ToolWorld } from "./tool.ts";

const { previewReset, applyReset, getResetPlan, undoReset } = operations;
const answerKey = "confirm";
const typedName = z.object({
  name: z.string().max(256).meta({ title: "Consumer group", description: "Type the consumer group's name." }),
});

export function registerResetTools(server: McpServer, world: ToolWorld): void {
  register(server, world, {
    name: "plan_reset",
    title: "Plan a reset",
    description: `${previewReset.summary} The plan lives for ten minutes; show it to the person before it is applied.`,
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
    name: "apply_reset",
    title: "Apply a planned reset",
    description: `${applyReset.summary} Takes only the plan. The person is asked to type the group's name; nobody may type it for them.`,
    input: z.object({ planId: applyReset.body.shape.planId }),
    isReadOnly: false,
    isDestructive: true,
    answer: ({ planId }, context) => apply(planId, context),
  });
  register(server, world, {
    name: "undo",
    title: "Plan the undo of a reset",
    description: undoReset.summary,
    input: z.object({ resetId: undoReset.params.shape.id }),
    isReadOnly: false,
    answer: ({ resetId }) =>
      perform(undoReset, { params: { id: resetId } }, async ({ caller }) =>
        toldPlan(await runtime().resets.undo(resetId, caller)),
      ),
  });
}

/** The first call asks for the group's name; the call with the answer applies. */
async function apply(planId: string, { mcpReq }: ServerContext): Promise<Found | InputRequiredResult> {
  const plan = await perform(getResetPlan, { params: { id: planId } }, ({ caller }) =>
    runtime().resets.plan(planId, caller),
  );
  const { hub, group, store } = plan;
  const view = inputResponse(mcpReq.inputResponses, answerKey);
  if (view.kind === "missing") {
    admit(hub, group);
    return inputRequired({
      inputRequests: {
        [answerKey]: inputRequired.elicit({ message: question(plan), requestedSchema: typedName }),
      },
    });
  }
  const typed =
    view.kind === "elicit" && view.action === "accept" ? typedName.safeParse(view.content).data : undefined;
  const reset = await perform(
    applyReset,
    // A missing name is refused like a wrong one, and recorded in the activity.
    { params: { hub, group }, query: { store }, body: { planId, confirm: typed?.name ?? "" } },
    ({ body, caller }) => runtime().resets.apply({ hub, group, store }, body, caller),
  );
  const { id, state, mode, entries } = reset;
  return {
    text: `The reset has begun (${mode}): ${entries.length} partitions. Look at its page, or at the group, for how it ends.`,
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

function question(plan: KnownPlan): string {
  const { entries } = plan;
  if (plan.blockedBy !== null || !entries.some(({ blockedBy }) => blockedBy === null)) {
    throw new AppError(
      "conflict",
      `Nothing of this plan can be written: ${plan.blockedBy?.message ?? "every partition is blocked."}`,
    );
  }
  const { replays, skips } = counted(plan);
  return `Reset the checkpoints of ${JSON.stringify(plan.group)} on ${JSON.stringify(plan.hub)} (${plan.mode}): ${entries.length} partitions, ${replays} events replayed, ${skips} events skipped and never read. To apply it, type the consumer group's name.`;
}

function toldPlan(plan: KnownPlan): Found {
  const { planId, hub, group, store, mode, target, expiresAt, blockedBy, warnings, entries, unchanged } =
    plan;
  const { replays, skips, blocked } = counted(plan);
  const state = blockedBy === null ? "" : " It is blocked as a whole.";
  return {
    text: `A plan, nothing is changed yet: ${entries.length} partitions would change, ${blocked} of them are blocked; ${replays} events replayed, ${skips} skipped.${state}`,
    data: {
      planId,
      hub,
      group,
      store,
      mode,
      target,
      expiresAt,
      unchanged,
      blockedBy: blockedBy?.message ?? null,
      warnings: warnings.map(({ message }) => message),
      entries: shorten(
        entries.map((entry) => ({
          partitionId: entry.partitionId,
          current: entry.current?.sequenceNumber ?? null,
          resumesAt: entry.resumesAt,
          replays: entry.replays,
          skips: entry.skips,
          warnings: entry.warnings.map(({ message }) => message),
          blockedBy: entry.blockedBy?.message ?? null,
        })),
      ),
    },
    page: planPath(planId),
  };
}

/** Sums over the partitions to be written; an unknown count is told as unknown. */
function counted({ entries }: KnownPlan) {
  const written = entries.filter(({ blockedBy }) => blockedBy === null);
  const sum = (of: "replays" | "skips") =>
    written.some((entry) => entry[of] === null)
      ? "an unknown number of"
      : String(written.reduce((all, entry) => all + (entry[of] ?? 0), 0));
  return { replays: sum("replays"), skips: sum("skips"), blocked: entries.length - written.length };
}

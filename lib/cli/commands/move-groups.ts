import { z } from "zod";
import { operations } from "#lib/api/operations/operations.ts";
import type { GroupMove } from "#lib/api/plans/group-moves.ts";
import { groupWarnings } from "#lib/client/moves/group-move-warnings.ts";
import { groupMoveSummary, movableOf } from "#lib/client/moves/group-move-words.ts";
import { groupMovePath } from "#lib/client/url/paths.ts";
import { type CommandInput, parseOptions, type RunCommand } from "../command.ts";
import { type Outcome, usage } from "../failure.ts";
import { applyShape, confirmedName } from "../resets/apply.ts";
import { follow } from "../resets/follow.ts";
import { groupMoveColumns } from "../resets/group-move-columns.ts";

const schema = z.object({
  ...applyShape,
  store: z.string().optional(),
  toStore: z.string().optional(),
  groups: z.array(z.string().min(1)).min(1).optional(),
  allHubs: z.literal(true).optional(),
  wait: z.literal(true).optional(),
  id: z.string().optional(),
  stop: z.literal(true).optional(),
  undo: z.literal(true).optional(),
});

export const moveGroups: RunCommand = async (input) => {
  const { api, args } = input;
  const options = parseOptions(schema, input);
  const { id, stop, undo, execute, confirm } = options;
  if (confirm !== undefined && !execute) throw usage("--confirm goes with --execute.");
  if (id !== undefined) {
    if (args[0] !== undefined) throw usage("--id names a move that was begun: leave out the hub.");
    const params = { id };
    if (stop && undo) throw usage("--stop and --undo don't go together: undo it once it has ended.");
    if (undo) {
      const whenRunning = options.wait ? "wait" : "skip";
      const asked = await api.call(operations.undoGroupMove, { params, body: { whenRunning } });
      return applyPlanned(input, await followMove(input, asked), options);
    }
    const begun = stop
      ? await api.call(operations.stopGroupMove, { params, body: {} })
      : await api.call(operations.getGroupMove, { params });
    return report(input, await followMove(input, begun));
  }
  if (stop || undo) throw usage(`--${stop ? "stop" : "undo"} goes with --id.`);
  return planAndMove(input, options);
};

async function planAndMove(input: CommandInput, options: z.output<typeof schema>): Promise<Outcome> {
  const { api, args } = input;
  const { store, toStore, groups, allHubs, wait } = options;
  const [hub] = args;
  if (hub === undefined) throw usage("Name the hub: tidemark move-groups orders --store old --to-store new.");
  if (store === undefined || toStore === undefined) throw usage("Name both stores: --store and --to-store.");
  const asked = await api.call(operations.previewGroupMove, {
    params: {},
    body: {
      from: { hub, store, allHubs: allHubs === true },
      to: { store: toStore },
      ...(groups !== undefined && { groups }),
      whenRunning: wait ? "wait" : "skip",
    },
  });
  return applyPlanned(input, await followMove(input, asked), options);
}

async function applyPlanned(
  input: CommandInput,
  planned: GroupMove,
  { execute, confirm }: Pick<z.output<typeof schema>, "execute" | "confirm">,
): Promise<Outcome> {
  const { api, output } = input;
  const columns = groupMoveColumns(planned);
  if (!execute) {
    output.rows(columns, planned.entries, planned, "");
    sayPlanned(input, planned);
    output.say("This was a dry run: nothing was written. --execute applies it.");
    return plannedOutcome(planned);
  }
  if (output.format !== "json" && output.format !== "csv")
    output.aside(output.table(columns, planned.entries));
  sayPlanned(input, planned);
  if (movableOf(planned) === 0) {
    output.say("Nothing was written.");
    return plannedOutcome(planned);
  }
  const name = await confirmedName(
    planned.to.store,
    confirm,
    planned.undoes === null ? "the id of the store that they go to" : "the id of the store that they went to",
  );
  const begun = await api.call(operations.applyGroupMove, {
    params: { id: planned.id },
    body: { confirm: name },
  });
  return report(input, await followMove(input, begun));
}

function sayPlanned({ output }: Pick<CommandInput, "output">, planned: GroupMove): void {
  output.say(groupMoveSummary(planned));
  for (const { whom, reason } of groupWarnings(planned)) output.say(`${whom}: ${reason.message}`);
}

function report({ api, output }: CommandInput, move: GroupMove): Outcome {
  output.rows(groupMoveColumns(move), move.entries, move, "");
  output.say(`${groupMoveSummary(move)} ${api.page(groupMovePath(move.id))}`);
  if (move.startedAt === null) return plannedOutcome(move);
  if (move.entries.some(({ resetIds }) => resetIds.length > 0))
    output.say(`To restore what stood before: tidemark move-groups --id ${move.id} --undo`);
  return outcomeOf(move);
}

function plannedOutcome(move: GroupMove): Outcome {
  const { ready, unchanged, blocked } = move.results;
  if (blocked === 0) return "done";
  return ready + unchanged > 0 || movableOf(move) > 0 ? "conflict" : "refused";
}

function outcomeOf({ results, entries }: GroupMove): Outcome {
  const { moved, unchanged, partly } = results;
  const nothing = entries.filter(({ reason }) => reason?.code === "nothingToMove").length;
  if (moved + unchanged + nothing === entries.length) return "done";
  return moved + partly > 0 ? "conflict" : "failed";
}

function followMove(input: CommandInput, begun: GroupMove): Promise<GroupMove> {
  const { api } = input;
  return follow(input, begun, {
    isOver: ({ state }) => state !== "planning" && state !== "running",
    progress: groupMoveSummary,
    read: () => api.call(operations.getGroupMove, { params: { id: begun.id } }),
    goesOn: `It goes on in the dashboard: ${api.page(groupMovePath(begun.id))}. To follow it: tidemark move-groups --id ${begun.id}`,
  });
}

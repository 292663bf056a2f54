import { createInterface } from "node:readline/promises";
import { z } from "zod";
import { operations } from "#lib/api/operations/operations.ts";
import { operationOf } from "#lib/api/reasons/operation.ts";
import { planToldAt, resetToldAt } from "#lib/api/reasons/told-elsewhere.ts";
import type { Reset, ResetPlan } from "#lib/api/resets.ts";
import { plural } from "#lib/client/format/format.ts";
import { nothingToUndo, resetCauses, resetSummary } from "#lib/client/resets/reset-words.ts";
import { plainText } from "#lib/client/resets/target-words.ts";
import { resetResultPath } from "#lib/client/url/paths.ts";
import { isSameName } from "#lib/core/name-pattern.ts";
import type { CommandInput } from "../command.ts";
import { CommandFailure, type Outcome, usage } from "../failure.ts";
import { follow } from "./follow.ts";
import { columnsOf, planSentences, restLines, resultColumnsOf, toldOf, writable } from "./plan-text.ts";

export const applyShape = { execute: z.literal(true).optional(), confirm: z.string().optional() };
const schema = z.object(applyShape);

/**
 * Shows a plan. With `--execute`, applies it once the group's name is given and follows it to its end.
 * @throws CommandFailure
 */
export async function showOrApply(
  input: Pick<CommandInput, "api" | "output" | "signal">,
  plan: ResetPlan,
  { execute, confirm }: z.output<typeof schema>,
): Promise<Outcome> {
  const { api, output } = input;
  const moves = writable(plan);
  // JSON stays what the API answers.
  const told = planToldAt("shell", plan);
  const sentences = planSentences(told);
  if (!execute) {
    if (confirm !== undefined) throw usage("--confirm goes with --execute.");
    output.rows(columnsOf(told), told.entries, plan, "");
    for (const line of sentences) output.say(line);
    output.say("This was a dry run: nothing was written. --execute applies it.");
    return plannedOutcome(plan, moves);
  }
  if (output.format !== "json" && output.format !== "csv" && plan.entries.length > 0) {
    output.aside(output.table(columnsOf(told), told.entries));
  }
  for (const line of sentences) output.say(line);
  if (moves === 0) {
    if (plan.entries.length > 0) output.say("Nothing was written.");
    return plannedOutcome(plan, moves);
  }
  const name = await confirmedName(plan.group, confirm, "the group's name");
  const { hub, group, store, planId } = plan;
  const begun = await api.call(operations.applyReset, {
    params: { hub, group },
    query: { store },
    body: { planId, confirm: name },
  });
  const reset = await followReset(input, begun);
  const ended = resetToldAt("shell", reset);
  output.rows(resultColumnsOf(ended), ended.entries, reset, "");
  output.say(`${plainText(resetSummary(reset))} ${api.page(resetResultPath(reset.id))}`);
  for (const cause of resetCauses(ended)) output.say(toldOf(cause));
  if (ended.reason !== null) output.say(ended.reason.message);
  for (const line of restLines(reset)) output.say(line);
  if (nothingToUndo(reset) === null) output.say(`To restore what stood before: tidemark undo ${reset.id}`);
  return outcomeOf(reset, plan.entries.length > moves);
}

function plannedOutcome({ entries }: ResetPlan, moves: number): Outcome {
  if (moves === entries.length) return "done";
  return moves === 0 ? "refused" : "conflict";
}

function outcomeOf({ entries, state }: Reset, isPartial: boolean): Outcome {
  const written = entries.filter(({ result }) => result === "written").length;
  if (state === "done" && written === entries.length && !isPartial) return "done";
  if (written > 0) return "conflict";
  return entries.some(({ result }) => result === "conflict" || result === "overwritten")
    ? "conflict"
    : "failed";
}

export async function confirmedName(
  wanted: string,
  given: string | undefined,
  what: string,
): Promise<string> {
  const name = (given ?? (await ask(wanted, what))).trim();
  if (isSameName(name, wanted)) return name;
  throw new CommandFailure("refused", `“${name}” is not ${wanted}: nothing was written.`);
}

async function ask(wanted: string, what: string): Promise<string> {
  if (!process.stdin.isTTY) {
    throw usage(`--execute needs --confirm ${wanted} where nobody can be asked.`);
  }
  const line = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await line.question(`Type ${what} to apply it (${wanted}): `);
  } finally {
    line.close();
  }
}

function followReset(input: Pick<CommandInput, "api" | "output" | "signal">, begun: Reset): Promise<Reset> {
  const { api } = input;
  const operation = operationOf(begun);
  return follow(input, begun, {
    isOver: ({ state }) => state !== "running",
    progress: ({ entries }) => {
      const settled = entries.filter(({ result }) => result !== "pending").length;
      return `${settled} of ${plural(entries.length, operation.entry)} settled …`;
    },
    read: () => api.call(operations.getReset, { params: { id: begun.id } }),
    goesOn: `The ${operation.noun} goes on in the dashboard: ${api.page(resetResultPath(begun.id))}`,
  });
}

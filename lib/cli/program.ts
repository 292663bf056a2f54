import { Argument, Command, Option } from "commander";
import { z } from "zod";
import { Api } from "./api.ts";
import type { RunCommand } from "./command.ts";
import { acknowledge } from "./commands/acknowledge.ts";
import { cleanup } from "./commands/cleanup.ts";
import { diagnose } from "./commands/diagnose.ts";
import { events } from "./commands/events.ts";
import { exportPositions } from "./commands/export.ts";
import { group } from "./commands/group.ts";
import { groups } from "./commands/groups.ts";
import { history } from "./commands/history.ts";
import { importPositions } from "./commands/import.ts";
import { incidents } from "./commands/incidents.ts";
import { login } from "./commands/login.ts";
import { logout } from "./commands/logout.ts";
import { move } from "./commands/move.ts";
import { moveGroups } from "./commands/move-groups.ts";
import { owners } from "./commands/owners.ts";
import { partitions } from "./commands/partitions.ts";
import { reset } from "./commands/reset.ts";
import { silence } from "./commands/silence.ts";
import { undo } from "./commands/undo.ts";
import { watch } from "./commands/watch.ts";
import { type CommandName, commands, commonOptions, exitCodes, formats } from "./declarations.ts";
import type { CommandDeclaration, OptionDeclaration } from "./declared/declaration.ts";
import type { Outcome } from "./failure.ts";
import type { KeptSignIns } from "./kept-sign-ins.ts";
import { Output } from "./output/output.ts";

const runs: Record<CommandName, RunCommand> = {
  login,
  logout,
  groups,
  group,
  partitions,
  owners,
  history,
  diagnose,
  incidents,
  acknowledge,
  silence,
  watch,
  events,
  reset,
  move,
  "move-groups": moveGroups,
  cleanup,
  undo,
  export: exportPositions,
  import: importPositions,
};

const commonSchema = z.object({
  url: z.string(),
  token: z.string().optional(),
  output: z.enum(formats).default("table"),
});

export function createProgram(
  ended: (outcome: Outcome) => void,
  signal: AbortSignal,
  signIns: KeptSignIns,
): Command {
  const program = new Command("tidemark")
    .description("Asks a running Tidemark dashboard: lag, owners, and safe checkpoint resets.")
    .exitOverride()
    .showHelpAfterError("(--help says more)");
  for (const [name, declared] of Object.entries<CommandDeclaration>(commands)) {
    const command = program.command(name).description(describeCommand(declared)).summary(declared.summary);
    for (const place of declared.arguments) {
      command.addArgument(
        new Argument(place.isOptional ? `[${place.name}]` : `<${place.name}>`, place.description),
      );
    }
    for (const option of [...declared.options, ...commonOptions]) command.addOption(optionOf(option));
    command.addHelpText(
      "after",
      `\nExamples:\n${declared.examples.map(({ line, does }) => `  ${line}\n      ${does}\n`).join("")}`,
    );
    command.action(async () => {
      const options = command.opts();
      const { url, token, output } = commonSchema.parse(options);
      const run = runs[name as CommandName];
      const input = {
        api: await apiFor(url, token, signIns),
        output: new Output(output, process.stdout, process.stderr),
        args: command.processedArgs as (string | undefined)[],
        options,
        signal,
        signIns,
      };
      ended(await run(input));
    });
  }
  program.addHelpText(
    "after",
    `\nExit codes:\n${Object.values(exitCodes)
      .map(({ code, means }) => `  ${code}  ${means}\n`)
      .join("")}`,
  );
  return program;
}

/** A token that is named goes before a sign-in that is kept. @throws CommandFailure `usage` */
async function apiFor(url: string, token: string | undefined, signIns: KeptSignIns): Promise<Api> {
  if (token !== undefined) return new Api(url, { token });
  const api = new Api(url, {});
  const kept = await signIns.find(api.origin, Date.now());
  return kept === null ? api : api.signedInBy(kept.cookie);
}

function describeCommand({ summary, details }: CommandDeclaration): string {
  const first = `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;
  return details === undefined ? first : `${first} ${details}`;
}

function optionOf({ flags, description, default: otherwise, env, choices }: OptionDeclaration): Option {
  const option = new Option(flags, description);
  if (otherwise !== undefined) option.default(otherwise);
  if (env !== undefined) option.env(env);
  if (choices !== undefined) option.choices(choices);
  return option;
}

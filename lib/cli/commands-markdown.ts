import { commands, commonOptions, exitCodes } from "./declarations.ts";
import type { CommandDeclaration, OptionDeclaration } from "./declared/declaration.ts";

export function commandsMarkdown(): string {
  const all = Object.entries<CommandDeclaration>(commands);
  return [
    "Each command asks a running dashboard over its API, with the rights of the token.",
    `## Of every command\n\n${optionTable(commonOptions)}`,
    `## Exit codes\n\n${table(
      ["code", "means"],
      Object.values(exitCodes).map(({ code, means }) => [String(code), means]),
    )}`,
    ...all.map(([name, command]) => section(name, command)),
  ].join("\n\n");
}

function usageOf(name: string, { arguments: args }: CommandDeclaration): string {
  const named = args.map((arg) => (arg.isOptional ? `[${arg.name}]` : `<${arg.name}>`));
  return ["tidemark", name, "[options]", ...named].join(" ");
}

function section(name: string, command: CommandDeclaration): string {
  const parts = [
    `## tidemark ${name}`,
    `${sentence(command.summary)}${command.details === undefined ? "" : ` ${command.details}`}`,
    `\`\`\`sh\n${usageOf(name, command)}\n\`\`\``,
    table(
      ["argument", "meaning"],
      command.arguments.map((arg) => [`\`${arg.name}\``, arg.description]),
    ),
    command.options.length === 0 ? "" : optionTable(command.options),
    `\`\`\`sh\n${command.examples.map(({ line, does }) => `# ${does}\n${line}`).join("\n")}\n\`\`\``,
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

function optionTable(options: readonly OptionDeclaration[]): string {
  return table(
    ["option", "meaning"],
    options.map(({ flags, description, default: otherwise, env, choices }) => [
      `\`${flags}\``,
      [
        description,
        ...(choices === undefined ? [] : [choices.map((one) => `\`${one}\``).join(", ")]),
        ...(otherwise === undefined ? [] : [`\`${otherwise}\` by default`]),
        ...(env === undefined ? [] : [`or \`${env}\``]),
      ].join("; "),
    ]),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "";
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { commandsMarkdown } from "#lib/cli/commands-markdown.ts";
import { commands, commonOptions } from "#lib/cli/declarations.ts";
import type { CommandDeclaration } from "#lib/cli/declared/declaration.ts";
import { KeptSignIns } from "#lib/cli/kept-sign-ins.ts";
import { createProgram } from "#lib/cli/program.ts";

const all = Object.entries<CommandDeclaration>(commands);

it("lists every command in the package's launcher, which can't read them", () => {
  const launcher = readFileSync(join(import.meta.dirname, "../../../lib/bootstrap/tidemark.mjs"), "utf8");
  const listed = /const asking = \[([\s\S]*?)\n\];/.exec(launcher)?.[1] ?? "";
  const words = [...listed.matchAll(/"([\w-]+)"/g)].map(([, word]) => word);
  expect(words).toEqual([...Object.keys(commands), "complete"]);
});

it("describes each command and option in the help as the command does", () => {
  const page = commandsMarkdown();
  const program = createProgram(() => {}, new AbortController().signal, new KeptSignIns("nowhere"));
  for (const [name, { summary, options }] of all) {
    const help = program.commands.find((command) => command.name() === name)?.helpInformation() ?? "";
    expect(page).toContain(`## tidemark ${name}\n`);
    expect(page.toLowerCase()).toContain(summary.toLowerCase());
    for (const { flags } of [...options, ...commonOptions]) {
      expect(page, flags).toContain(`\`${flags}\``);
      expect(help, flags).toContain(flags);
    }
  }
});

it("has an example for each command", () => {
  for (const [name, { examples }] of all) {
    expect(examples.length, name).toBeGreaterThan(0);
    for (const { line } of examples) expect(line).toMatch(new RegExp(`^tidemark ${name} ?`));
  }
});

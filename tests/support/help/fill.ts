import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { lexer, type Tokens } from "marked";
import { commandsMarkdown } from "#lib/cli/commands-markdown.ts";
import { anchorOf } from "#lib/client/help/anchors.ts";
import { helpPages } from "#lib/client/help/help-contents.ts";
import { errorCodesList, errorsReference, reasonsReference, routesReference } from "./api-reference.ts";
import { defaultRulesTable, metricsTable, rolesTable, variablesTable } from "./reference-tables.ts";
import { conditionsTable, settingsTable } from "./settings-tables.ts";
import { triedTable } from "./tried-tables.ts";

export const helpFolder = join(import.meta.dirname, "../../../app/help/pages");

/** The makers of the text between `<!-- made: NAME ARGUMENT -->` and `<!-- end -->`. */
const makers: Record<string, (argument: string) => string> = {
  settings: settingsTable,
  conditions: conditionsTable,
  variables: variablesTable,
  metrics: metricsTable,
  roles: rolesTable,
  rules: defaultRulesTable,
  routes: routesReference,
  reasons: reasonsReference,
  commands: commandsMarkdown,
  errors: errorCodesList,
  failures: errorsReference,
  tried: triedTable,
};

const made = /(<!-- made: (\w+) ?(\S*) -->\n)[\s\S]*?(<!-- end -->)/g;

/**
 * Remakes every marked part of a page.
 * @throws Error for a mark without a maker
 */
export function filled(page: string): string {
  return page.replaceAll(made, (_, begin: string, name: string, argument: string, end: string) => {
    const make = makers[name];
    if (make === undefined) throw new Error(`Nothing makes ${name}.`);
    return `${begin}\n${make(argument)}\n\n${end}`;
  });
}

export function helpFiles(): string[] {
  return globSync("*.md", { cwd: helpFolder }).map((file) => basename(file, ".md"));
}

export const readHelp = (slug: string) => readFileSync(join(helpFolder, `${slug}.md`), "utf8");

export const readmeFile = join(helpFolder, "../../../README.md");

export function headingsOf(markdown: string): Record<string, string> {
  const anchors = new Map<string, number>();
  const headings = lexer(markdown).filter((token): token is Tokens.Heading => token.type === "heading");
  const entries = headings.map(({ depth, text }) => {
    const title = text.replaceAll(/`|\*\*/g, "");
    return { depth, title, anchor: anchorOf(title, anchors) };
  });
  return Object.fromEntries(
    entries.filter(({ depth }) => depth > 1).map(({ anchor, title }) => [anchor, title]),
  );
}

export function headingsIndex(): Record<string, Record<string, string>> {
  return Object.fromEntries(helpPages.map(({ slug }) => [slug, headingsOf(readHelp(slug))]));
}

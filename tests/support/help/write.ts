import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { liveReadme, withDiagram } from "#tests/support/simulated/live-diagram.ts";
import { filled, headingsIndex, helpFiles, helpFolder, readHelp, readmeFile } from "./fill.ts";
import { drawIcons } from "./icons.ts";

// `npm run docs`: writes the tables of help and README, the palette's list of the help's sections, the diagram of a
// live reset, and the pages' icons.
const root = join(import.meta.dirname, "../../..");

for (const slug of helpFiles()) put(join(helpFolder, `${slug}.md`), filled(readHelp(slug)));
put(readmeFile, filled(readFileSync(readmeFile, "utf8")));
put(join(root, "lib/client/help/headings.json"), JSON.stringify(headingsIndex()));
put(liveReadme, withDiagram(readFileSync(liveReadme, "utf8")));
replace(join(root, "components/ui/icons/icons.svg"), drawIcons());

/** Leaves a file alone that is right already: a newer one makes the build of the pages count as old. */
function replace(file: string, text: string): void {
  if (text !== readFileSync(file, "utf8")) writeFileSync(file, text);
}

function put(file: string, text: string): void {
  const formatted = execFileSync("biome", ["format", `--stdin-file-path=${file}`], {
    ...{ cwd: root, input: text, encoding: "utf8" },
    stdio: ["pipe", "pipe", "inherit"],
  });
  replace(file, formatted);
}

import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { liveReadme, withDiagram } from "#tests/support/simulated/live-diagram.ts";
import { filled, headingsIndex, helpFiles, helpFolder, readHelp, readmeFile } from "./fill.ts";

// `npm run docs`: writes the tables of help and README, the palette's list of the help's sections, and the
// diagram of a live reset.
const root = join(import.meta.dirname, "../../..");
const index = join(root, "lib/client/help/headings.json");

for (const slug of helpFiles()) writeFileSync(join(helpFolder, `${slug}.md`), filled(readHelp(slug)));
writeFileSync(readmeFile, filled(readFileSync(readmeFile, "utf8")));
writeFileSync(index, `${JSON.stringify(headingsIndex(), null, 2)}\n`);
writeFileSync(liveReadme, withDiagram(readFileSync(liveReadme, "utf8")));
execFileSync("biome", ["format", "--write", helpFolder, readmeFile, index], { cwd: root, stdio: "inherit" });

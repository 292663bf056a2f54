import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { filled, headingsIndex, helpFiles, helpFolder, readHelp } from "./fill.ts";

// `npm run docs`: writes the tables of the help from the running code, and the palette's list of sections.
const root = join(import.meta.dirname, "../../..");
const index = join(root, "lib/client/help/headings.json");

for (const slug of helpFiles()) writeFileSync(join(helpFolder, `${slug}.md`), filled(readHelp(slug)));
writeFileSync(index, `${JSON.stringify(headingsIndex(), null, 2)}\n`);
execFileSync("biome", ["format", "--write", helpFolder, index], { cwd: root, stdio: "inherit" });

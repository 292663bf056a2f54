#!/usr/bin/env node
// The command of the package. Plain JavaScript that older Nodes understand too: they run it to the point
// where it finds the Node that the rest needs.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { isEnough } from "./node-version.mjs";
import { ownNode } from "./own-node.mjs";
import { onParentGone } from "./parent.mjs";
import { passOn } from "./pass-on.mjs";
import { root, StepError } from "./step.mjs";

const programs = {
  serve: { file: "server/start.js", help: "serves the dashboard; so does no word at all" },
  demo: { file: "sandbox/demo.js", help: "shows the dashboard on a local world that it starts" },
  token: { file: "server/make-token.js", help: "makes an API token: tidemark token NAME ROLE [DAYS]" },
};

/** The words that query a running dashboard; lib/cli/declarations.ts describes each. */
const asking = [
  ...["login", "logout", "groups", "group", "partitions", "owners", "history", "diagnose", "incidents"],
  ...["acknowledge", "silence", "watch", "events"],
  ...["reset", "move", "move-groups", "cleanup", "undo", "export", "import", "complete"],
];

function help() {
  const lines = Object.entries(programs).map(([word, program]) => `  ${word.padEnd(10)}${program.help}`);
  return `Tidemark ${version()}: a dashboard for Azure Event Hubs.\n
Usage: tidemark [COMMAND]\n\n${lines.join("\n")}\n
  ${asking.slice(0, 10).join(", ")},
  ${asking.slice(10).join(", ")}
            ask a running dashboard: tidemark COMMAND --help says how\n
  --version   says which version this is
  --help      says this\n
It serves what tidemark.config.json or the file in TIDEMARK_CONFIG names, on HOSTNAME (127.0.0.1) and PORT (3000).
The README beside it says the rest: ${join(root, "README.md")}\n`;
}

function version() {
  return JSON.parse(readFileSync(join(root, "package.json"), "utf8")).version;
}

/**
 * @param {string} program
 * @param {string[]} args
 */
async function start(program, args) {
  const file = join(root, "dist", program);
  if (!isEnough(process.versions.node)) {
    await passOn(await ownNode(), [file, ...args]);
    return;
  }
  // npx stands between a signal and this process, as in the repository's scripts.
  if (process.env.npm_lifecycle_event !== undefined) {
    onParentGone(() => {
      if (!process.emit("SIGTERM", "SIGTERM")) process.exit(143);
    });
  }
  process.argv = [process.argv[0] ?? "", file, ...args];
  await import(pathToFileURL(file).href);
}

/** @param {unknown} error */
function fail(error) {
  console.error(error instanceof StepError ? error.message : error);
  process.exit(1);
}

const [word = "serve", ...args] = process.argv.slice(2);
if (word === "--version" || word === "-v") {
  console.log(version());
} else if (word === "--help" || word === "-h" || word === "help") {
  process.stdout.write(help());
} else if (Object.hasOwn(programs, word) && args.some((arg) => arg === "--help" || arg === "-h")) {
  process.stdout.write(help());
} else if (Object.hasOwn(programs, word)) {
  await start(programs[word].file, args).catch(fail);
} else if (asking.includes(word)) {
  await start("cli/main.js", [word, ...args]).catch(fail);
} else {
  process.stderr.write(`There is no command "${word}".\n\n${help()}`);
  process.exit(2);
}

// Runs before a script, on any Node and with nothing installed, and provides what the script needs.
//
// Usage: node lib/bootstrap/prepare.mjs install|build|test

import { provideBrowser } from "./browser.mjs";
import { buildIfNeeded } from "./build.mjs";
import { installIfNeeded } from "./install.mjs";
import { checkNode } from "./node-version.mjs";
import { providePromtool } from "./promtool.mjs";
import { StepError } from "./step.mjs";

const steps = {
  install: [installIfNeeded, checkNode],
  build: [installIfNeeded, checkNode, buildIfNeeded],
  test: [installIfNeeded, checkNode, provideBrowser, providePromtool, buildIfNeeded],
};

const wanted = process.argv[2] ?? "";
if (!Object.hasOwn(steps, wanted)) {
  console.error(`Usage: node lib/bootstrap/prepare.mjs ${Object.keys(steps).join("|")}`);
  process.exit(1);
}
try {
  for (const step of steps[wanted]) {
    await step();
  }
} catch (error) {
  console.error(error instanceof StepError ? error.message : error);
  process.exit(1);
}

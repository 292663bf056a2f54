import type { HelpSlug } from "#lib/client/help/help-contents.ts";
import alerts from "./pages/alerts.md";
import api from "./pages/api.md";
import assistants from "./pages/assistants.md";
import checkpointFormats from "./pages/checkpoint-formats.md";
import commandLine from "./pages/command-line.md";
import configuration from "./pages/configuration.md";
import connect from "./pages/connect.md";
import figures from "./pages/figures.md";
import getStarted from "./pages/get-started.md";
import glossary from "./pages/glossary.md";
import library from "./pages/library.md";
import metrics from "./pages/metrics.md";
import moves from "./pages/moves.md";
import reasons from "./pages/reasons.md";
import resets from "./pages/resets.md";
import run from "./pages/run.md";
import security from "./pages/security.md";
import signIn from "./pages/sign-in.md";
import triedWith from "./pages/tried-with.md";

export const texts: Record<HelpSlug, string> = {
  "get-started": getStarted,
  connect,
  configuration,
  figures,
  "checkpoint-formats": checkpointFormats,
  resets,
  moves,
  alerts,
  metrics,
  "sign-in": signIn,
  security,
  run,
  "command-line": commandLine,
  assistants,
  api,
  library,
  "tried-with": triedWith,
  glossary,
  reasons,
};

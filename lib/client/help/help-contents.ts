export interface HelpPage {
  slug: string;
  title: string;
}

export const helpPages = [
  { slug: "get-started", title: "Get started" },
  { slug: "connect", title: "Connect" },
  { slug: "configuration", title: "Configuration" },
  { slug: "figures", title: "What the figures mean" },
  { slug: "checkpoint-formats", title: "Checkpoint formats" },
  { slug: "resets", title: "Resets and live resets" },
  { slug: "moves", title: "Moves and clean-ups" },
  { slug: "alerts", title: "Alerts" },
  { slug: "metrics", title: "Metrics, Grafana, Prometheus, OTLP" },
  { slug: "sign-in", title: "Sign-in and roles" },
  { slug: "security", title: "Security" },
  { slug: "run", title: "Run it" },
  { slug: "command-line", title: "Command line" },
  { slug: "assistants", title: "Assistants" },
  { slug: "api", title: "API" },
  { slug: "library", title: "Library" },
  { slug: "tried-with", title: "Tried with" },
  { slug: "glossary", title: "Glossary" },
  { slug: "reasons", title: "When something is wrong" },
] as const satisfies readonly HelpPage[];

export type HelpSlug = (typeof helpPages)[number]["slug"];

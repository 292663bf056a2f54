import { type Section, sectionPath } from "./explanation.ts";

export const figureSections = {
  Lag: "lag",
  "Time lag": "timeLag",
  "Max time lag": "timeLag",
  "In · out": "rates",
  In: "rates",
  "Catch-up time": "catchUp",
  Owned: "owners",
  Owners: "owners",
  "Retention used": "retention",
  "Loses events in": "losing",
  "Lost by retention": "lost",
  Groups: "status",
  "Last event": "numbers",
  Retained: "numbers",
  Partitions: "words",
} as const satisfies Record<string, Section>;

export type FigureName = keyof typeof figureSections;

/** What explains each figure, by its name: the texts load when one is wanted. */
export const explainedFigures: Readonly<Record<string, { key: string; href: string }>> = Object.fromEntries(
  Object.entries(figureSections).map(([name, section]) => [
    name,
    { key: `figure:${name}`, href: sectionPath(section) },
  ]),
);

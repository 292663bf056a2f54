import { helpPath } from "./help-pages.ts";

/** Where the help explains each figure, by its name. */
const places = {
  Lag: "figures#lag",
  "Time lag": "figures#time-lag",
  "Max time lag": "figures#time-lag",
  "In · out": "figures#in-and-out",
  In: "figures#in-and-out",
  "Catch-up time": "figures#catch-up-time",
  Owned: "figures#owners",
  Owners: "figures#owners",
  "Retention used": "figures#retention-used",
  "Loses events in": "figures#about-to-lose-events",
  Overtaken: "figures#lost-events",
  Groups: "figures#status",
  "Last event": "figures#sequence-numbers",
  Retained: "figures#sequence-numbers",
  Partitions: "glossary#event-hubs",
} as const;

export type FigureName = keyof typeof places;

/** What explains each figure: the texts load when one is wanted. */
export const explainedFigures = Object.fromEntries(
  Object.entries(places).map(([name, place]) => [
    name,
    { key: `figure:${name}`, href: `${helpPath}/${place}` },
  ]),
) as Readonly<Record<FigureName, { key: string; href: string }>>;

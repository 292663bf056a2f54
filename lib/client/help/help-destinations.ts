import type { Destination } from "../url/destinations.ts";
import headings from "./headings.json" with { type: "json" };
import { helpPages } from "./help-contents.ts";
import { helpPagePath, helpPath } from "./help-pages.ts";

export function helpDestinations(query: string): Destination[] {
  const whole = { kind: "help" as const, name: "Help", what: "all pages of the help", href: helpPath };
  if (query.trim() === "") return [whole];
  const pages = helpPages.flatMap(({ slug, title }) => {
    const sections = Object.entries((headings as Record<string, Record<string, string>>)[slug] ?? {});
    return [
      { kind: "help" as const, name: title, what: "help", href: helpPagePath(slug) },
      ...sections.map(([anchor, name]) => ({
        kind: "help" as const,
        name,
        what: `help: ${title}`,
        href: helpPagePath(slug, anchor),
      })),
    ];
  });
  return [whole, ...pages];
}

export const themeCookie = "tidemark-theme";

export type Theme = "system" | "light" | "dark";

/** The cookie's value as a theme; anything else leaves the choice to the system. */
export function parseTheme(value: string | undefined): Theme {
  return value === "light" || value === "dark" ? value : "system";
}

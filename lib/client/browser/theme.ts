import { keepInCookie } from "./cookie.ts";
import { createStore } from "./store.ts";

export const themeCookie = "tidemark-theme";

export type Theme = "system" | "light" | "dark";

/** The cookie's value as a theme; anything else leaves the choice to the system. */
export function parseTheme(value: string | undefined): Theme {
  return value === "light" || value === "dark" ? value : "system";
}

/** What the reader chose in this tab; null: nothing since the page was loaded. */
export const chosenTheme = createStore<Theme | null>(null);

/** Shows a theme at once and keeps it in a cookie, so that the server renders it and nothing flashes. */
export function chooseTheme(theme: Theme): void {
  const root = document.documentElement;
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
  keepInCookie(themeCookie, theme === "system" ? null : theme);
  chosenTheme.set(theme);
}

import { keepInCookie } from "./cookie.ts";
import { createStore } from "./store.ts";

export const themeCookie = "tidemark-theme";

export type Theme = "system" | "light" | "dark";

export function parseTheme(value: string | undefined): Theme {
  return value === "light" || value === "dark" ? value : "system";
}

export const chosenTheme = createStore<Theme | null>(null);

/** Applies a theme and keeps it in a cookie, so that the server renders it without a flash. */
export function chooseTheme(theme: Theme): void {
  const root = document.documentElement;
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
  keepInCookie(themeCookie, theme === "system" ? null : theme);
  chosenTheme.set(theme);
}

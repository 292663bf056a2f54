"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useState } from "react";
import { RadioMenu } from "#components/ui/menu.tsx";
import { type Theme, themeCookie } from "#lib/client/browser/theme.ts";

const marks = { system: Monitor, light: Sun, dark: Moon };
const options = [
  { value: "system", label: "As the system" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
];

const yearSeconds = 31_536_000;

function apply(theme: Theme): void {
  const root = document.documentElement;
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
  const age = theme === "system" ? 0 : yearSeconds;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet.
  document.cookie = `${themeCookie}=${theme}; Path=/; Max-Age=${age}; SameSite=Lax`;
}

/** The choice is kept in a cookie, so that the server renders the right theme and nothing flashes. */
export function ThemeMenu({ theme: first }: { theme: Theme }) {
  const [theme, setTheme] = useState(first);
  const Mark = marks[theme];
  return (
    <RadioMenu
      label="Theme"
      trigger={
        <>
          <Mark aria-hidden className="size-3.5" />
          <span className="sr-only">Theme</span>
        </>
      }
      options={options}
      value={theme}
      onChange={(value) => {
        apply(value as Theme);
        setTheme(value as Theme);
      }}
    />
  );
}

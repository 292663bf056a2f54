"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useSyncExternalStore } from "react";
import { RadioMenu } from "#components/ui/menu.tsx";
import { chooseTheme, chosenTheme, type Theme } from "#lib/client/browser/theme.ts";

const marks = { system: Monitor, light: Sun, dark: Moon };
const options = [
  { value: "system", label: "As the system" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
];

/** `first`: the theme that the server rendered. */
export function ThemeMenu({ theme: first }: { theme: Theme }) {
  const theme = useSyncExternalStore(chosenTheme.subscribe, chosenTheme.get, () => null) ?? first;
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
      onChange={(value) => chooseTheme(value as Theme)}
    />
  );
}

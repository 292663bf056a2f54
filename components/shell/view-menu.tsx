"use client";

import { useSyncExternalStore } from "react";
import { Icon } from "#components/ui/icons/icon.tsx";
import { RadioMenu } from "#components/ui/menu/menu.tsx";
import { chooseTheme, chosenTheme, type Theme } from "#lib/client/browser/theme.ts";
import { useIsBrowser } from "#lib/client/browser/use-browser.ts";
import { chooseZone, chosenZone, localZone, type Zone } from "#lib/client/browser/zone.ts";

const marks = { system: "monitor", light: "sun", dark: "moon" } as const;
const themes = [
  { value: "system", label: "As the system" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
];

export function ViewMenu(props: { theme: Theme; zone: Zone }) {
  const theme = useSyncExternalStore(chosenTheme.subscribe, chosenTheme.get, () => null) ?? props.theme;
  const zone = useSyncExternalStore(chosenZone.subscribe, chosenZone.get, () => null) ?? props.zone;
  // Only the browser knows its zone.
  const local = useIsBrowser() ? `Local (${localZone})` : "Local";
  return (
    <RadioMenu
      label="Theme and time zone"
      trigger={
        <>
          <Icon name={marks[theme]} className="size-3.5" />
          <span className="sr-only">Theme and time zone</span>
          <span className="max-sm:sr-only">{zone === "utc" ? "UTC" : "Local"}</span>
        </>
      }
      groups={[
        {
          label: "Theme",
          options: themes,
          value: theme,
          onChange: (value) => chooseTheme(value as Theme),
        },
        {
          label: "Time zone of all times",
          options: [
            { value: "local", label: local },
            { value: "utc", label: "UTC" },
          ],
          value: zone,
          onChange: (value) => chooseZone(value as Zone),
        },
      ]}
    />
  );
}

"use client";

import { Clock } from "lucide-react";
import { useSyncExternalStore } from "react";
import { RadioMenu } from "#components/ui/menu.tsx";
import { useIsBrowser } from "#lib/client/browser/use-browser.ts";
import { chooseZone, chosenZone, type Zone } from "#lib/client/browser/zone.ts";
import { localTimes } from "#lib/client/history/time-axis.ts";

/** Whose time every page tells. `first`: the zone that the server rendered. */
export function ZoneMenu({ zone: first }: { zone: Zone }) {
  const zone = useSyncExternalStore(chosenZone.subscribe, chosenZone.get, () => null) ?? first;
  // Which zone is local, only the browser knows.
  const local = useIsBrowser() ? `Local time (${localTimes.zone})` : "Local time";
  return (
    <RadioMenu
      label="Time zone"
      trigger={
        <>
          <Clock aria-hidden className="size-3.5 text-faint sm:hidden" />
          <span className="sr-only">Time zone</span>
          <span className="max-sm:sr-only">{zone === "utc" ? "UTC" : "Local"}</span>
        </>
      }
      options={[
        { value: "local", label: local },
        { value: "utc", label: "UTC" },
      ]}
      value={zone}
      onChange={(value) => chooseZone(value as Zone)}
    />
  );
}

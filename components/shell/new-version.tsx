"use client";

import { useSyncExternalStore } from "react";
import { Arriving } from "#components/ui/arriving.tsx";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import { type PageVersion, pageVersion } from "#lib/client/http/new-version.ts";
import { useStreamState } from "#lib/client/stream/use-stream.ts";

const titles: Record<PageVersion, string> = {
  same: "The dashboard was updated, and this page is too old for it.",
  new: "A new version of the dashboard is running.",
  incomplete: "A part of this page could not be loaded.",
};

export function NewVersion() {
  const version = useSyncExternalStore(pageVersion.subscribe, pageVersion.get, () => "same" as const);
  const { outdated } = useStreamState();
  return (
    <Arriving isHere={version !== "same" || outdated}>
      <div
        role="status"
        className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border border-accent/40 bg-accent-soft px-4 py-2.5"
      >
        <Icon name="refresh-cw" className="size-4 shrink-0 text-accent" />
        <span className="min-w-0 flex-1 basis-64">
          <strong className="font-semibold">{titles[version]}</strong>{" "}
          {outdated
            ? "Figures stay as they are until you reload."
            : "Figures keep showing. Reload when you are ready."}
        </span>
        <Button look="primary" onClick={() => window.location.reload()}>
          Reload
        </Button>
      </div>
    </Arriving>
  );
}

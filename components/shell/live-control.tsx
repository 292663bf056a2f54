"use client";

import { useIsFetching, useQueryClient } from "@tanstack/react-query";
import { clsx } from "clsx";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import { formatDuration } from "#lib/client/format/format.ts";
import { keys } from "#lib/client/http/queries.ts";
import type { StreamPhase } from "#lib/client/stream/stream-state.ts";
import { useSessionOver, useStream, useStreamState } from "#lib/client/stream/use-stream.ts";

const words: Record<StreamPhase, string> = {
  idle: "Not live",
  connecting: "Connecting",
  live: "Live",
  reconnecting: "Reconnecting",
  paused: "Paused",
  away: "Paused",
};

const dots: Record<StreamPhase, string> = {
  idle: "bg-faint",
  connecting: "bg-faint",
  live: "bg-ok ring-3 ring-ok/20",
  reconnecting: "bg-warn ring-3 ring-warn/20",
  paused: "bg-faint",
  away: "bg-faint",
};

export function LiveControl() {
  const { stream, refreshSeconds } = useStream();
  const { phase, hasOld } = useStreamState();
  const isOver = useSessionOver() && phase === "reconnecting";
  const paused = phase === "paused";
  const period = formatDuration(refreshSeconds);
  const isStale = phase === "live" && hasOld;
  const dot = isOver ? dots.idle : isStale ? dots.reconnecting : dots[phase];
  return (
    <Button
      data-tip={
        paused
          ? "Paused. Press to resume."
          : `Figures update every ${period}.${hasOld ? " Some could not be read: the page says which." : ""} Press to pause.`
      }
      whyDisabled={phase === "idle" ? "This page has no live figures." : null}
      onClick={() => (paused ? stream.resume() : stream.pause())}
      className="max-sm:px-2"
    >
      <span aria-hidden className={clsx("size-2 rounded-full", dot)} />
      <span className="figures min-w-[62px] max-sm:sr-only">
        {isOver ? "Signed out" : isStale ? "Stale" : words[phase]}
        {phase === "live" && !isStale ? ` · ${period}` : ""}
      </span>
      <span className="sr-only">{paused ? "Resume live updates" : "Pause live updates"}</span>
      {paused ? (
        <Icon name="play" className="size-3.5 text-faint" />
      ) : (
        <Icon name="pause" className="size-3.5 text-faint" />
      )}
    </Button>
  );
}

/** Fetches the page's data from the dashboard, never from Azure. */
export function RefreshButton() {
  const client = useQueryClient();
  const fetching = useIsFetching({ queryKey: keys.all }) > 0;
  return (
    <Button
      aria-label="Refresh"
      data-tip="Fetch the newest figures now"
      onClick={() => void client.refetchQueries({ queryKey: keys.all, type: "active" })}
      // Phones have their own way to reload, and the header no room.
      className="max-sm:hidden"
    >
      <Icon name="refresh-cw" className={clsx("size-3.5", fetching && "animate-spin")} />
    </Button>
  );
}

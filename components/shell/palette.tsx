"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Command } from "cmdk";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { MiddleCut } from "#components/ui/middle-cut.tsx";
import type { Overview } from "#lib/api/overview.ts";
import { chooseTheme } from "#lib/client/browser/theme.ts";
import { chooseZone } from "#lib/client/browser/zone.ts";
import { showText } from "#lib/client/format/foreign-text.ts";
import { helpDestinations } from "#lib/client/help/help-destinations.ts";
import { destinationsQuery, type GroupAddress, keys } from "#lib/client/http/queries.ts";
import { exportPositions } from "#lib/client/positions/export-positions.ts";
import { useLive, useLiveState } from "#lib/client/stream/use-live.ts";
import { type Destination, destinations, findDestinations } from "#lib/client/url/destinations.ts";
import { type Deed, groupActions, type PaletteAction, pageActions } from "#lib/client/url/palette-actions.ts";
import { PaletteInput, type PaletteProps } from "./palette-input.tsx";

const mostShown = 40;

export function Palette({ query, onQuery, onClose }: PaletteProps) {
  const client = useQueryClient();
  const { data, error, isPending } = useQuery({
    ...destinationsQuery(),
    initialData: () => client.getQueryData<Overview>(keys.overview()),
  });
  const isPaused = useLiveState().phase === "paused";
  const { perform, failure } = usePerform(onClose);
  const router = useRouter();
  const places: (Destination | PaletteAction)[] = data ? destinations(data) : [];
  const actions = data ? groupActions(data) : [];
  const found = findDestinations(
    [...places, ...pageActions(isPaused), ...actions, ...helpDestinations(query)],
    query,
  );
  const go = (item: Destination | PaletteAction) => {
    if ("deed" in item) {
      perform(item.deed);
      return;
    }
    onClose();
    if (item.isPlain) window.location.assign(item.href);
    else router.push(item.href);
  };
  return (
    <Command label="Go to" shouldFilter={false} loop className="flex flex-col">
      <Command.Input asChild value={query} onValueChange={onQuery}>
        <PaletteInput />
      </Command.Input>
      <Command.List className="max-h-[min(24rem,60dvh)] overflow-y-auto p-1.5">
        {isPending ? <Note>Loading…</Note> : null}
        {error !== null && data === undefined ? <Note>{error.message}</Note> : null}
        {failure === null ? null : <Note>Failed. {failure.message}</Note>}
        {!isPending && error === null && found.length === 0 ? <Note>No match.</Note> : null}
        {found.slice(0, mostShown).map((item) => {
          const id = "deed" in item ? item.id : item.href;
          return (
            <Command.Item
              key={id}
              value={id}
              onSelect={() => go(item)}
              className="flex h-9 cursor-pointer items-center gap-3 rounded-md px-3 data-[selected=true]:bg-raised"
            >
              <span className="foreign flex min-w-0 font-medium">
                <MiddleCut text={showText(item.name)} />
              </span>
              <span className="foreign ml-auto shrink-0 max-w-[45%] truncate text-note text-muted">
                {item.what}
              </span>
            </Command.Item>
          );
        })}
        {found.length > mostShown ? (
          <Note>{found.length - mostShown} more: type more to narrow down.</Note>
        ) : null}
      </Command.List>
    </Command>
  );
}

/** Performs an action. The palette closes at once, except for a file, so that it can report a failure. */
function usePerform(onClose: () => void): { perform: (deed: Deed) => void; failure: Error | null } {
  const client = useQueryClient();
  const { live } = useLive();
  const exporting = useMutation({
    mutationFn: (address: GroupAddress) => exportPositions(address, "csv"),
    onSuccess: onClose,
  });
  const perform = (deed: Deed) => {
    if (deed.kind === "export") {
      exporting.mutate(deed.address);
      return;
    }
    onClose();
    if (deed.kind === "theme") chooseTheme(deed.theme);
    else if (deed.kind === "zone") chooseZone(deed.zone);
    else if (deed.kind === "pause") live.pause();
    else if (deed.kind === "resume") live.resume();
    else void client.refetchQueries({ queryKey: keys.all, type: "active" });
  };
  return { perform, failure: exporting.error };
}

function Note({ children }: { children: ReactNode }) {
  return <p className="px-3 py-2 text-muted">{children}</p>;
}

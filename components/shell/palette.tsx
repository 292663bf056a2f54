"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Command } from "cmdk";
import { useRouter } from "next/navigation";
import {
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useEffectEvent,
  useRef,
  useSyncExternalStore,
} from "react";
import { MiddleCut } from "#components/ui/text/middle-cut.tsx";
import type { Overview } from "#lib/api/overview.ts";
import { offeredActions } from "#lib/client/browser/page-actions.ts";
import { chooseTheme } from "#lib/client/browser/theme.ts";
import { chooseZone } from "#lib/client/browser/zone.ts";
import { showText } from "#lib/client/format/foreign-text.ts";
import { helpDestinations } from "#lib/client/help/help-destinations.ts";
import { destinationsQuery, keys } from "#lib/client/http/queries.ts";
import { exportPositions } from "#lib/client/positions/export-positions.ts";
import { useStream, useStreamState } from "#lib/client/stream/use-stream.ts";
import {
  byKind,
  type Destination,
  destinationKinds,
  destinations,
  findDestinations,
} from "#lib/client/url/destinations.ts";
import {
  actionsHere,
  type Deed,
  groupActions,
  groupTabPlaces,
  type PaletteAction,
  pageActions,
} from "#lib/client/url/palette-actions.ts";
import type { GroupAddress } from "#lib/core/addresses.ts";
import { PaletteInput, type PaletteProps } from "./palette-input.tsx";

const mostShown = 40;

export function Palette({ timesAsked, query, onQuery, isEntered, onEnter, onClose }: PaletteProps) {
  const client = useQueryClient();
  const { data, error, isPending } = useQuery({
    ...destinationsQuery(),
    initialData: () => client.getQueryData<Overview>(keys.overview()),
  });
  const isPaused = useStreamState().phase === "paused";
  const { perform, exporting } = usePerform({ timesAsked, query }, onClose);
  const router = useRouter();
  const offered = useSyncExternalStore(offeredActions.subscribe, offeredActions.get, offeredActions.get);
  const places: (Destination | PaletteAction)[] = data ? destinations(data) : [];
  const isPage = ({ kind }: { kind: Destination["kind"] }) => kind === "page";
  const ofGroups = data ? [...groupActions(data), ...groupTabPlaces(data)] : [];
  // None is shown before all are known: the first one would be another a moment later.
  const found = isPending
    ? []
    : findDestinations(
        [
          ...places.filter(isPage),
          ...actionsHere(offered),
          ...places.filter((place) => !isPage(place)),
          ...pageActions(isPaused),
          ...ofGroups,
          ...helpDestinations(query),
        ],
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
  const openFirst = useEffectEvent(() => {
    const [first] = found;
    if (first !== undefined) go(first);
  });
  useEffect(() => {
    if (isEntered && !isPending) openFirst();
  }, [isEntered, isPending]);
  const list = useRef<HTMLDivElement>(null);
  const showFirst = useEffectEvent((_query: string) =>
    requestAnimationFrame(() => list.current?.scrollTo({ top: 0 })),
  );
  // After the library, which scrolls to what was chosen before this query and may stand far below now.
  useEffect(() => {
    const frame = showFirst(query);
    return () => cancelAnimationFrame(frame);
  }, [query]);
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (key === "Enter" && isPending) onEnter();
  };
  return (
    <Command label="Go to" shouldFilter={false} loop className="flex flex-col" onKeyDown={onKeyDown}>
      <Command.Input asChild value={query} onValueChange={onQuery}>
        <PaletteInput timesAsked={timesAsked} />
      </Command.Input>
      {/* `relative` keeps what is hidden in the rows inside: the dialog would scroll for it, too. */}
      <Command.List ref={list} className="relative max-h-[min(24rem,60dvh)] overflow-y-auto p-1.5">
        {isPending ? <Note>Loading…</Note> : null}
        {error !== null && data === undefined ? <Note>{error.message}</Note> : null}
        {exporting.isPending ? <Note>Exporting…</Note> : null}
        {exporting.error === null ? null : <Note>Export failed. {exporting.error.message}</Note>}
        {!isPending && error === null && found.length === 0 ? <Note>No match.</Note> : null}
        {byKind(found.slice(0, mostShown)).map(({ kind, items }) => (
          <Command.Group key={kind} heading={destinationKinds[kind]} className={groupClass}>
            {items.map((item) => (
              <Item key={idOf(item)} item={item} onSelect={() => go(item)} />
            ))}
          </Command.Group>
        ))}
        {found.length > mostShown ? (
          <Note>{found.length - mostShown} more: type more to narrow down.</Note>
        ) : null}
      </Command.List>
    </Command>
  );
}

const groupClass =
  "[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-muted [&_[cmdk-group-heading]]:text-note";

function idOf(item: Destination | PaletteAction): string {
  return "deed" in item ? item.id : item.href;
}

function Item({ item, onSelect }: { item: Destination | PaletteAction; onSelect: () => void }) {
  return (
    <Command.Item
      value={idOf(item)}
      onSelect={onSelect}
      className="flex h-9 cursor-pointer items-center gap-3 rounded-md px-3 data-[selected=true]:bg-raised"
    >
      <span className="foreign flex min-w-0 font-medium">
        <MiddleCut text={showText(item.name)} />
      </span>
      <span className="foreign ml-auto shrink-0 max-w-[45%] truncate text-note text-muted">{item.what}</span>
    </Command.Item>
  );
}

interface Asked {
  timesAsked: number;
  query: string;
}

/**
 * Performs an action. The palette closes at once, except for a file, so that it can report a failure: then
 * once it is saved, unless something else has been typed by then.
 */
function usePerform(asked: Asked, onClose: () => void) {
  const client = useQueryClient();
  const { stream } = useStream();
  const exporting = useMutation({
    mutationFn: ({ address }: Asked & { address: GroupAddress }) => exportPositions(address, "csv"),
  });
  const { variables, isPending, isSuccess } = exporting;
  const isAwaited = variables?.timesAsked === asked.timesAsked && variables.query === asked.query;
  const onSaved = useEffectEvent(() => {
    if (isAwaited) onClose();
  });
  useEffect(() => {
    if (isSuccess) onSaved();
  }, [isSuccess]);
  const perform = (deed: Deed) => {
    if (deed.kind === "export") {
      if (!(isPending && isAwaited)) exporting.mutate({ ...asked, address: deed.address });
      return;
    }
    onClose();
    if (deed.kind === "theme") chooseTheme(deed.theme);
    else if (deed.kind === "zone") chooseZone(deed.zone);
    else if (deed.kind === "pause") stream.pause();
    else if (deed.kind === "resume") stream.resume();
    else if (deed.kind === "page") deed.run();
    else void client.refetchQueries({ queryKey: keys.all, type: "active" });
  };
  return { perform, exporting };
}

function Note({ children }: { children: ReactNode }) {
  return <p className="px-3 py-2 text-muted">{children}</p>;
}

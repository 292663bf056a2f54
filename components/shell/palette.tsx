"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Command } from "cmdk";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { Dialog } from "#components/ui/dialog.tsx";
import type { Overview } from "#lib/api/overview.ts";
import { showText } from "#lib/client/format/foreign-text.ts";
import { destinationsQuery, keys } from "#lib/client/http/queries.ts";
import { type Destination, destinations, findDestinations } from "#lib/client/url/destinations.ts";

const mostShown = 40;

/** Goes anywhere by name. */
export function Palette({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const { data, error, isPending } = useQuery({
    ...destinationsQuery(),
    initialData: () => client.getQueryData<Overview>(keys.overview()),
  });
  const [query, setQuery] = useState("");
  const router = useRouter();
  const found = findDestinations(data ? destinations(data) : [], query);
  const go = ({ href, isPlain }: Destination) => {
    onClose();
    if (isPlain) window.location.assign(href);
    else router.push(href);
  };
  return (
    <Dialog label="Go to" onClose={onClose}>
      <Command label="Go to" shouldFilter={false} loop className="flex flex-col">
        <Command.Input
          data-first-focus
          value={query}
          onValueChange={setQuery}
          maxLength={256}
          placeholder="Group, hub or partitions…"
          className="h-12 w-full border-b border-line bg-transparent px-4 text-[15px] outline-none placeholder:text-faint"
        />
        <Command.List className="max-h-[min(24rem,60dvh)] overflow-y-auto p-1.5">
          {isPending ? <Note>Loading…</Note> : null}
          {error !== null && data === undefined ? <Note>{error.message}</Note> : null}
          {!isPending && error === null && found.length === 0 ? <Note>No match.</Note> : null}
          {found.slice(0, mostShown).map((destination) => (
            <Command.Item
              key={destination.href}
              value={destination.href}
              onSelect={() => go(destination)}
              className="flex h-9 cursor-pointer items-center gap-3 rounded-md px-3 data-[selected=true]:bg-raised"
            >
              <span className="foreign min-w-0 truncate font-medium">{showText(destination.name)}</span>
              <span className="foreign ml-auto shrink-0 max-w-[45%] truncate text-note text-muted">
                {destination.what}
              </span>
            </Command.Item>
          ))}
          {found.length > mostShown ? (
            <Note>{found.length - mostShown} more: type on to narrow them down.</Note>
          ) : null}
        </Command.List>
      </Command>
    </Dialog>
  );
}

function Note({ children }: { children: ReactNode }) {
  return <p className="px-3 py-2 text-muted">{children}</p>;
}

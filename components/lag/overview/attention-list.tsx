"use client";

import { useState } from "react";
import { StatusChip } from "#components/lag/status-chip.tsx";
import { ArrivingLines } from "#components/ui/arriving.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { Ticking } from "#components/ui/clock.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { HeldNote } from "#components/ui/table/held-note.tsx";
import { useHeldOrder } from "#components/ui/table/held-order.ts";
import { Link } from "#components/ui/text/link.tsx";
import { showText } from "#lib/client/format/foreign-text.ts";
import { formatCount } from "#lib/client/format/format.ts";
import { type AttentionItem, needsAttention, type Part, timeOf } from "#lib/client/lag/attention.ts";
import type { HubGroup } from "#lib/client/lag/totals.ts";
import { consumerGroupPath } from "#lib/client/url/paths.ts";
import { areGroupsAboutSame, groupRowId } from "./group-row.ts";

/** A group that joins while the page is open waits in the dock: the list would grow and push the table away. */
export function AttentionList({ groups }: { groups: readonly HubGroup[] }) {
  const placeOf = placesIn(groups);
  const { rows, ...held } = useHeldOrder(needsAttention(groups), groupRowId, "gravest", areGroupsAboutSame);
  return (
    <ArrivingLines
      here={rows.map(groupRowId)}
      over="Nothing needs attention any more."
      draw={(keys, isWaiting) => {
        const here = new Set(keys);
        const items = rows.filter((row) => here.has(groupRowId(row)));
        return <Attention {...{ items, placeOf, isWaiting, ...held }} />;
      }}
    />
  );
}

interface AttentionProps extends ListProps {
  isWaiting: boolean;
  isHeld: boolean;
}

function Attention({ items, isWaiting, isHeld, ...list }: AttentionProps) {
  const [open, setOpen] = useState(false);
  // The dock covers the table, whose rows say the same.
  const atFirst = isWaiting ? 2 : 5;
  const rest = items.slice(atFirst);
  const count = formatCount(items.length);
  return (
    <Panel
      title="Needs attention"
      note={
        <span className="figures" role={isWaiting ? "status" : undefined}>
          {count}
          {isWaiting ? " new" : ""}
        </span>
      }
    >
      <List items={items.slice(0, atFirst)} {...list} />
      {rest.length === 0 ? null : (
        <details className="border-t border-line" onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary className="px-4 py-2 text-muted hover:text-ink">{formatCount(rest.length)} more</summary>
          {open ? <List items={rest} {...list} /> : null}
        </details>
      )}
      <HeldNote isHeld={isHeld} />
    </Panel>
  );
}

type Hold = ReturnType<typeof useHeldOrder>["hold"];

/** Where a group stands, if another of its name stands elsewhere, as `$Default` does on most hubs. */
function placesIn(groups: readonly HubGroup[]): (item: HubGroup) => string {
  const keyOf = ({ group }: HubGroup) => group.name.toLowerCase();
  const ofName = Map.groupBy(groups, keyOf);
  return (item) => {
    const others = ofName.get(keyOf(item)) ?? [];
    const hub = others.some(({ hubId }) => hubId !== item.hubId) ? ` on ${showText(item.hubId)}` : "";
    const isTwice = others.some(
      ({ hubId, group }) => hubId === item.hubId && group.store !== item.group.store,
    );
    return isTwice ? `${hub} in store ${showText(item.group.store)}` : hub;
  };
}

interface ListProps {
  items: readonly AttentionItem[];
  placeOf: (item: HubGroup) => string;
  hold: Hold;
}

function List({ items, placeOf, hold }: ListProps) {
  return (
    <ul {...hold}>
      {items.map((item) => (
        <li
          key={groupRowId(item)}
          className="flex flex-wrap items-center gap-x-3 gap-y-1.5 border-b border-line px-4 py-2 last:border-b-0 sm:flex-nowrap"
        >
          <StatusChip chip={item.chip} />
          <p className="min-w-0 flex-1 text-pretty max-sm:order-last max-sm:basis-full">
            <strong className="foreign break-words font-semibold">{short(item.group.name)}</strong>
            {placeOf(item)}
            {item.parts.map((part, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one sentence have no other identity.
              <Piece key={i} part={part} />
            ))}
          </p>
          <Link
            href={consumerGroupPath(item.hubId, item.group.name, item.group.store)}
            aria-label={`Open ${item.group.name}${placeOf(item)}`}
            className={buttonClass("outline", "max-sm:ml-auto")}
          >
            Open
          </Link>
        </li>
      ))}
    </ul>
  );
}

function short(name: string): string {
  const text = showText(name);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function Piece({ part }: { part: Part }) {
  if (typeof part === "string") return part;
  if ("strong" in part) return <strong className="figures font-semibold">{part.strong}</strong>;
  return (
    <span className="figures">
      <Ticking at={"ago" in part ? part.ago : part.since} format={timeOf(part)} />
    </span>
  );
}

"use client";

import { clsx } from "clsx";
import { useCallback, useState } from "react";
import { Icon } from "#components/ui/icons/icon.tsx";
import { LinkMenu } from "#components/ui/menu/menu.tsx";
import { Link } from "#components/ui/text/link.tsx";
import { layOutFlags, type PlacedFlags } from "./flag-layout.ts";
import { plotLeft, plotRight } from "./plot-margin.ts";
import type { TimeFlag } from "./time-rows.ts";

const assumedWidth = 1_200;

/**
 * A row of flags above a chart, each a link. Outside the picture, since its content can't be reached by
 * keyboard.
 */
export function TimeFlags(props: {
  label: string;
  flags: readonly TimeFlag[];
  from: number;
  to: number;
  countFlags: (count: number) => string;
}) {
  const { label, flags, from, to, countFlags } = props;
  const [width, setWidth] = useState(assumedWidth);
  const measure = useCallback((list: HTMLElement | null) => {
    if (list === null) return;
    const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? assumedWidth));
    observer.observe(list);
    return () => observer.disconnect();
  }, []);
  if (flags.length === 0) return null;
  const nameOf = (some: readonly TimeFlag[]) =>
    some.length === 1 ? (some[0]?.label ?? "") : countFlags(some.length);
  return (
    <ul
      ref={measure}
      aria-label={label}
      className="relative h-6 text-note"
      style={{ marginLeft: plotLeft, marginRight: plotRight }}
    >
      {layOutFlags(flags, { from, to }, width, nameOf).map((placed) => (
        <li
          key={placed.flags[0]?.id}
          className={clsx("absolute top-0 h-6", placed.side === "before" && "-translate-x-full")}
          style={{ left: placed.left }}
        >
          <PlacedFlag placed={placed} name={nameOf(placed.flags)} />
        </li>
      ))}
    </ul>
  );
}

function PlacedFlag({ placed: { flags, side, room }, name }: { placed: PlacedFlags; name: string }) {
  const [first] = flags;
  const shared = {
    className: clsx(
      "flex h-6 items-center gap-1 px-1 text-rewind hover:underline",
      side === "after" ? "border-rewind border-l" : "border-rewind border-r",
    ),
    "data-tip": flags.map((flag) => flag.label).join("\n"),
  };
  const content = (
    <>
      <Icon name="flag" className="size-3 shrink-0" />
      <span className={room === null ? "sr-only" : "foreign truncate"}>{name}</span>
      {room === null && flags.length > 1 ? <span aria-hidden>{flags.length}</span> : null}
    </>
  );
  if (flags.length > 1) {
    return (
      <LinkMenu
        label={name}
        trigger={content}
        triggerProps={shared}
        links={flags.map(({ id, label, href }) => ({ id, label, href }))}
      />
    );
  }
  return first === undefined ? null : (
    <Link href={first.href} {...shared} style={room === null ? undefined : { maxWidth: room }}>
      {content}
    </Link>
  );
}

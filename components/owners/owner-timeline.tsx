"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { clsx } from "clsx";
import { type CSSProperties, memo, type RefObject, useEffect, useRef } from "react";
import { showText } from "#lib/client/format/foreign-text.ts";
import { formatDuration, plural } from "#lib/client/format/format.ts";
import { useTimes } from "#lib/client/format/use-times.ts";
import type { Times } from "#lib/client/history/time-axis.ts";
import { shortOwnerId } from "#lib/client/owners/owner-words.ts";
import { isProcessor } from "#lib/core/holding-owner.ts";
import { ownerFill } from "./owner.tsx";
import type { Lane, Stretch } from "./owner-lanes.ts";

const laneHeight = 24;
const mostTicks = 8;
const stripeWidth = 12;
const leastWidth = "2px";
/** Up to this many lanes the region is as high as they are; beyond, half a lane shows that there are more. */
const lanesInSight = 32;

export interface TimelineProps {
  ref?: RefObject<HTMLElement | null>;
  lanes: readonly Lane[];
  pointed: string | null;
  from: number;
  to: number;
  colors: ReadonlyMap<string, number>;
}

export function OwnerTimeline({ ref, lanes, pointed, from, to, colors }: TimelineProps) {
  const own = useRef<HTMLElement>(null);
  const region = ref ?? own;
  const times = useTimes();
  const virtualizer = useVirtualizer({
    count: lanes.length,
    getScrollElement: () => region.current,
    estimateSize: () => laneHeight,
    initialRect: { width: 0, height: laneHeight * lanesInSight },
    overscan: 6,
    useFlushSync: false,
  });
  const pointedIndex = pointed === null ? -1 : lanes.findIndex(({ partitionId }) => partitionId === pointed);
  useEffect(() => {
    if (pointedIndex >= 0) virtualizer.scrollToIndex(pointedIndex, { align: "center" });
  }, [pointedIndex, virtualizer]);
  return (
    <div className="px-4 pt-2 pb-3">
      <section
        ref={region}
        aria-label="Owners over time, a lane for each partition"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
        tabIndex={0}
        className="overflow-y-auto overflow-x-hidden"
        style={{ maxHeight: laneHeight * (lanesInSight + 0.5) }}
      >
        <ul className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const lane = lanes[index];
            return lane === undefined ? null : (
              <LaneRow
                key={lane.partitionId}
                {...{ lane, to, colors, times }}
                top={start}
                isPointed={index === pointedIndex}
              />
            );
          })}
        </ul>
      </section>
      <Axis {...{ from, to, times }} />
    </div>
  );
}

const LaneRow = memo(function LaneRow(props: {
  lane: Lane;
  to: number;
  colors: ReadonlyMap<string, number>;
  top: number;
  isPointed: boolean;
  times: Times;
}) {
  const { lane, to, colors, top, isPointed, times } = props;
  return (
    <li
      aria-current={isPointed ? "true" : undefined}
      className="absolute inset-x-0 flex items-center gap-2 rounded hover:bg-raised/60 aria-[current=true]:bg-accent-soft aria-[current=true]:outline aria-[current=true]:outline-accent"
      style={{ top, height: laneHeight }}
    >
      <span className="figures w-10 shrink-0 truncate text-right font-mono text-muted text-note">
        {lane.partitionId}
      </span>
      <span className="sr-only">{laneWords(lane)}</span>
      <span aria-hidden className="relative h-full min-w-0 flex-1">
        <span
          data-tip={`Partition ${lane.partitionId}: not known`}
          className="absolute inset-0 before:absolute before:inset-x-0 before:inset-y-1 before:rounded-[3px] before:bg-raised"
        />
        {lane.stretches.map((stretch) => (
          <span
            // Keyed by its start: the position moves with each refresh, but the hovered bar must stay.
            key={`${stretch.from} ${stretch.ownerId}`}
            data-tip={stretchWords(lane.partitionId, stretch, to, times)}
            // As high as the lane, so that the pointer never falls between two bars.
            className="absolute inset-y-0"
            style={{
              // A bar that begins now would lie beyond the right edge.
              left: `min(${percent(stretch.start)}, calc(100% - ${leastWidth}))`,
              width: `max(${leastWidth}, ${percent(stretch.end - stretch.start)})`,
            }}
          >
            <span
              className={clsx(
                "absolute inset-x-0 inset-y-1 rounded-[2px] border-surface border-r",
                stretch.count === 1 && stretch.ownerId === null && "hatched",
              )}
              style={barStyle(stretch, colors)}
            />
          </span>
        ))}
      </span>
    </li>
  );
});

function barStyle({ count, ownerId }: Stretch, colors: ReadonlyMap<string, number>): CSSProperties {
  if (count > 1) return { background: "var(--faint)" };
  return ownerId === null ? {} : { background: ownerFill(colors.get(ownerId), stripeWidth) };
}

function percent(share: number): string {
  return `${(share * 100).toFixed(3)}%`;
}

function stretchWords(partitionId: string, stretch: Stretch, now: number, times: Times): string {
  const { from, to, ownerId, count, ending } = stretch;
  const span = to === null ? `since ${times.full(from)}` : times.span(from, to);
  const length = formatDuration(Math.max(0, (to ?? now) - from) / 1000);
  const who =
    count > 1
      ? `${count} owners, or none, one after another`
      : ownerId === null
        ? "nobody"
        : isProcessor(ownerId)
          ? ownerId
          : "paused by a reset";
  return `Partition ${partitionId}: ${showText(who)}\n${span} (${length})\n${count > 1 ? "Zoom in to tell them apart." : ending}`;
}

function laneWords({ stretches }: Lane): string {
  const last = stretches.at(-1);
  if (last === undefined) return "not known";
  const now = last.count === 1 && last.ownerId !== null ? shortOwnerId(last.ownerId) : "nobody";
  const spans = stretches.reduce((sum, { count }) => sum + count, 0);
  return `${last.to === null ? `owned by ${now}` : "not known"}, ${plural(spans, "stretch", "stretches")}`;
}

function Axis({ from, to, times }: { from: number; to: number; times: Times }) {
  const ticks = times.ticks(from, to, mostTicks).map((at) => ({
    at,
    share: (at - from) / Math.max(1, to - from),
  }));
  return (
    <div aria-hidden className="figures relative mt-1 ml-12 h-4 text-muted text-note">
      {ticks.map(({ at, share }, i) => (
        <span
          key={at}
          className={clsx(
            "absolute -translate-x-1/2 whitespace-nowrap",
            // Every other label on a phone, and none near the ends, where it would stick out.
            i % 2 === 1 && "max-sm:hidden",
            (share < 0.03 || share > 0.97) && "hidden",
          )}
          style={{ left: percent(share) }}
        >
          {times.tick(at)}
        </span>
      ))}
    </div>
  );
}

import type { TimeFlag } from "./time-rows.ts";

/** Closer flags merge, since their labels would overlap. */
const nearest = 34;
const widest = 176;
const narrowest = 64;
const icon = 22;
const letter = 6.6;
const gap = 6;

export interface PlacedFlags {
  flags: readonly TimeFlag[];
  left: number;
  /** Near the right end it lies before its line, to stay in the plot. */
  side: "after" | "before";
  room: number | null;
}

export function layOutFlags(
  flags: readonly TimeFlag[],
  range: { from: number; to: number },
  width: number,
  labelOf: (flags: readonly TimeFlag[]) => string,
): PlacedFlags[] {
  const groups = groupNear(flags, range, width);
  let end = width;
  return groups
    .map((own, index) => ({ own, before: groups[index - 1] }))
    .reverse()
    .map(({ own, before }) => {
      const wanted = Math.min(widest, icon + letter * labelOf(own.flags).length);
      const after = end - own.left - gap;
      const free = own.left - (before === undefined ? 0 : before.left + icon + gap);
      const isBefore = after < Math.min(wanted, narrowest) && (free > after || after < icon);
      const has = Math.min(wanted, isBefore ? free : after);
      const room = has >= Math.min(wanted, narrowest) ? has : null;
      end = isBefore ? own.left - (room ?? icon) : own.left;
      return { ...own, side: isBefore ? ("before" as const) : ("after" as const), room };
    })
    .reverse();
}

function groupNear(flags: readonly TimeFlag[], { from, to }: { from: number; to: number }, width: number) {
  const groups: { left: number; flags: TimeFlag[] }[] = [];
  for (const flag of flags.toSorted((a, b) => a.at - b.at)) {
    const left = ((flag.at - from) / Math.max(1, to - from)) * width;
    const last = groups.at(-1);
    if (last !== undefined && left - last.left < nearest) last.flags.push(flag);
    else groups.push({ left, flags: [flag] });
  }
  return groups;
}

import type { Reset } from "#lib/api/resets.ts";
import { formatCount, plural } from "#lib/client/format/format.ts";
import { standsAlready } from "./reset-words.ts";

/** Null for `afterWave` in the last wave: it would change nothing. */
export function stopLeaves(reset: Reset): { now: string; afterWave: string | null } | null {
  if (reset.mode !== "live" || reset.state !== "running") return null;
  const through = reset.entries.filter(({ result }) => result === "written").length;
  const open = reset.entries.filter(({ result }) => result === "pending");
  const wave = waveOf(open);
  const inHand = open.filter(({ live }) => live !== null && live.wave === wave);
  // What is being written again stood there before: the sentence must not change at each overwrite.
  const isWritten = (entry: Reset["entries"][number]) =>
    standsAlready(entry) !== null || (entry.live?.step === "writing" && entry.live.rewrites > 0);
  const written = inHand.filter(isWritten).length;
  const later = open.length - inHand.length;
  return {
    afterWave:
      later === 0
        ? null
        : sentences(
            `${plural(through + inHand.length, "partition")} at the new position`,
            `${formatCount(later)} unchanged`,
          ),
    now:
      through + written === 0
        ? allUnchanged(open.length)
        : sentences(
            `${plural(through + written, "partition")} at the new position`,
            written === 0 ? null : `a processor may still overwrite ${which(written, through + written)}`,
            open.length - written === 0 ? null : `${formatCount(open.length - written)} unchanged`,
          ),
  };
}

function waveOf(open: Reset["entries"]): number {
  return Math.min(...open.map(({ live }) => live?.wave ?? Number.POSITIVE_INFINITY));
}

/** The entries as a stop that was asked for will leave them: those of later waves do not wait any more. */
export function withoutCalledOff({ mode, state, stopAsked, entries }: Reset): Reset["entries"] {
  if (mode !== "live" || state !== "running" || stopAsked == null) return entries;
  const wave = waveOf(entries.filter(({ result }) => result === "pending"));
  return entries.map((entry) => {
    const { result, live } = entry;
    if (result !== "pending" || live?.step !== "waiting") return entry;
    if (stopAsked.when === "afterWave" && live.wave === wave) return entry;
    return { ...entry, result: "skipped", replays: null, skips: null, live: { ...live, step: "ended" } };
  });
}

function allUnchanged(count: number): string {
  if (count === 1) return "Leaves the partition unchanged.";
  return count === 2
    ? "Leaves both partitions unchanged."
    : `Leaves all ${formatCount(count)} partitions unchanged.`;
}

function which(some: number, all: number): string {
  if (some < all) return `${formatCount(some)} of them`;
  return all === 1 ? "it" : "them";
}

function sentences(...parts: (string | null)[]): string {
  return `Leaves ${parts.filter((part) => part !== null).join("; ")}.`;
}

export function stopAskedText({ stopAsked, state }: Reset): string | null {
  if (stopAsked == null || state !== "running") return null;
  const { when, actor } = stopAsked;
  return when === "now"
    ? `${actor} stopped it: paused partitions are being released.`
    : `${actor} requested a stop: it ends after this wave.`;
}

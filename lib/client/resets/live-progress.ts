import type { Reset } from "#lib/api/resets.ts";
import { formatCount, formatDuration } from "#lib/client/format/format.ts";

const aroundSeconds = 5;

/**
 * A live reset's progress: the wave, the rest of its hold, and an estimate for the rest. Null unless one is
 * running. `now` in epoch milliseconds.
 */
export function liveProgress({ mode, state, entries }: Reset, now: number): string | null {
  if (mode !== "live" || state !== "running") return null;
  const begun = entries.flatMap(({ result, live }) =>
    live === null ? [] : [{ isOpen: result === "pending", live }],
  );
  const open = begun.filter(({ isOpen }) => isOpen).map(({ live }) => live);
  if (open.length === 0) return null;
  const waves = Math.max(...begun.map(({ live }) => live.wave));
  const wave = Math.min(...open.map((live) => live.wave));
  const current = open.filter((live) => live.wave === wave);
  const ends = current.flatMap(({ holdUntil }) => (holdUntil === null ? [] : [Date.parse(holdUntil)]));
  const left = ends.length === 0 ? null : Math.max(0, (Math.max(...ends) - now) / 1000);
  const which = `Wave ${formatCount(wave)} of ${formatCount(waves)}`;
  const hold = left === null ? "" : `, ${formatDuration(left)} of its pause left`;
  const later = open.filter((live) => live.wave > wave);
  if (open.every(({ holdSeconds }) => holdSeconds === undefined)) return `${which}${hold}.`;
  const isBeforeHold = current.some(
    ({ step }) => step === "waiting" || step === "claiming" || step === "fencing",
  );
  const thisWave = left !== null ? left + aroundSeconds : isBeforeHold ? longest(current) : aroundSeconds;
  const rest = Math.ceil(thisWave + sumOfWaves(later));
  return `${which}${hold}. About ${formatDuration(rest)} left in total, if nothing is overwritten.`;
}

type Live = NonNullable<Reset["entries"][number]["live"]>;

function longest(lives: readonly Live[]): number {
  return Math.max(aroundSeconds, ...lives.map(({ holdSeconds = 0 }) => holdSeconds));
}

function sumOfWaves(lives: readonly Live[]): number {
  const waves = Map.groupBy(lives, ({ wave }) => wave);
  return [...waves.values()].reduce((sum, wave) => sum + longest(wave), 0);
}

import type { LiveStep } from "#lib/api/plans/live-progress.ts";
import type { Reset } from "#lib/api/resets.ts";
import { formatCount, formatDuration, plural } from "#lib/client/format/format.ts";

const aroundSeconds = 5;

/**
 * A live reset's progress: the wave, and the rest of its pause with an estimate for all of it; or, where nobody
 * knows how long it takes, what is awaited and since when. Null unless one is running. `now` in epoch
 * milliseconds. After a request to stop this wave is the last, and no later one is told.
 */
export function liveProgress({ mode, state, stopAsked, entries }: Reset, now: number): string | null {
  if (mode !== "live" || state !== "running") return null;
  const begun = entries.flatMap(({ result, live }) =>
    live === null ? [] : [{ isOpen: result === "pending", live }],
  );
  const open = begun.filter(({ isOpen }) => isOpen).map(({ live }) => live);
  if (open.length === 0) return null;
  const waves = Math.max(...begun.map(({ live }) => live.wave));
  const wave = Math.min(...open.map((live) => live.wave));
  const current = open.filter((live) => live.wave === wave);
  const isLast = stopAsked != null;
  const which = isLast ? "Last wave" : `Wave ${formatCount(wave)} of ${formatCount(waves)}`;
  const later = isLast ? 0 : laterSeconds(open.filter((live) => live.wave > wave));
  const left = secondsLeft(current, now);
  const rest = later === null || later === 0 ? "" : ` Later waves take about ${formatDuration(later)}.`;
  const held = current.filter(({ step }) => step === "writing" || step === "holding");
  const isLonger = held.some((live) => isLate(live, now));
  if (isLonger || held.some(isPausedAnew)) return `${which}: ${unsure(held, { left, isLonger, now })}${rest}`;
  if (left === null) return `${which}: ${awaited(current, now)}.${rest}`;
  const pause = `${which}, ${formatDuration(left)} of its pause left.`;
  if (isLast || later === null || open.every(({ holdSeconds }) => holdSeconds === undefined)) return pause;
  const total = formatDuration(Math.ceil(left + aroundSeconds + later));
  return `${pause} About ${total} left in total, if nothing is overwritten.`;
}

type Live = NonNullable<Reset["entries"][number]["live"]>;

/** An overwritten pause starts again each time, so nobody knows how much of it is left. */
function isPausedAnew({ rewrites, pausedAt }: Live): boolean {
  return rewrites > 0 && pausedAt != null;
}

function isLate({ pausedAt, holdSeconds }: Live, now: number): boolean {
  return pausedAt != null && holdSeconds !== undefined && now > Date.parse(pausedAt) + holdSeconds * 1000;
}

function unsure(
  held: readonly Live[],
  { left, isLonger, now }: { left: number | null; isLonger: boolean; now: number },
): string {
  const since = Math.min(...held.flatMap(({ pausedAt }) => (pausedAt == null ? [] : [Date.parse(pausedAt)])));
  const soFar = `paused for ${formatDuration(wholeSeconds(now - since))}`;
  const limit = Math.max(0, ...held.flatMap(({ limitAt }) => (limitAt == null ? [] : [Date.parse(limitAt)])));
  const quiet = left === null ? "" : `It goes on once nothing is overwritten for ${formatDuration(left)}`;
  const end = limit > now ? `is stopped after another ${formatDuration(wholeSeconds(limit - now))}` : "";
  const then = [quiet, quiet === "" && end !== "" ? `It ${end}` : end].filter((part) => part !== "");
  return [
    `${soFar}${isLonger ? ", longer than expected" : ""}.`,
    then.length === 0 ? "" : `${then.join(", and ")}.`,
  ]
    .join(" ")
    .trimEnd();
}

function wholeSeconds(ms: number): number {
  return Math.max(0, Math.floor(ms / 1000));
}

/** Null: no pause of this wave has an end ahead, so what comes next is not a matter of known time. */
function secondsLeft(current: readonly Live[], now: number): number | null {
  const ends = current.flatMap(({ holdUntil }) => (holdUntil === null ? [] : [Date.parse(holdUntil)]));
  const left = Math.max(...ends, 0) - now;
  return left > 0 ? left / 1000 : null;
}

const order = [
  "claiming",
  "fencing",
  "writing",
  "holding",
  "aborting",
  "releasing",
  "verifying",
] as const satisfies LiveStep[];

const awaitedWords: Record<(typeof order)[number], string> = {
  claiming: "claiming",
  fencing: "pausing the processor of",
  writing: "writing the checkpoint of",
  holding: "ending the pause of",
  aborting: "releasing",
  releasing: "releasing",
  verifying: "waiting for the first checkpoint of a processor on",
};

/** Tells of the partitions that are least far, and of the one of them that has waited longest. */
function awaited(current: readonly Live[], now: number): string {
  const step = order.find((each) => current.some((live) => live.step === each));
  if (step === undefined) return "about to start";
  const those = current.filter((live) => live.step === step);
  const since = Math.min(...those.map((live) => Date.parse(live.since)));
  const soFar = formatDuration(wholeSeconds(now - since));
  return `${awaitedWords[step]} ${plural(those.length, "partition")}, ${soFar} so far`;
}

/** Null: the plan does not tell. */
function laterSeconds(lives: readonly Live[]): number | null {
  if (lives.some(({ holdSeconds }) => holdSeconds === undefined)) return null;
  const waves = Map.groupBy(lives, ({ wave }) => wave);
  return [...waves.values()].reduce((sum, wave) => sum + longest(wave), 0);
}

function longest(lives: readonly Live[]): number {
  return Math.max(aroundSeconds, ...lives.map(({ holdSeconds = 0 }) => holdSeconds));
}

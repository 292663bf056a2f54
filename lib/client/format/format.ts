/** What stands where a figure is not known. Never a zero. */
export const unknownMark = "—";

const grouped = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat("en-US", { maximumFractionDigits: 1 });

/** `1,204,311`; null is the unknown mark. */
export function formatCount(count: number | null): string {
  return count === null ? unknownMark : grouped.format(count);
}

/** A lag in events, with `≤` where it is only an upper bound. */
export function formatLag(lag: number | null, isUpperBound: boolean): string {
  return lag !== null && isUpperBound && lag > 0 ? `≤ ${formatCount(lag)}` : formatCount(lag);
}

const units = [
  { name: "d", seconds: 86_400 },
  { name: "h", seconds: 3_600 },
  { name: "m", seconds: 60 },
  { name: "s", seconds: 1 },
] as const;

function split(seconds: number): string[] {
  let rest = Math.floor(seconds);
  const parts: string[] = [];
  for (const unit of units) {
    const whole = Math.floor(rest / unit.seconds);
    rest -= whole * unit.seconds;
    if (parts.length > 0 || whole > 0 || unit.name === "s") parts.push(`${whole} ${unit.name}`);
  }
  return parts;
}

/** A duration in seconds in its two largest units: `2 h 41 m`, `3 m 12 s`, `48 s`; whole units drop a zero tail. */
export function formatDuration(seconds: number | null): string {
  if (seconds === null || !Number.isFinite(seconds)) return unknownMark;
  if (seconds > 0 && seconds < 1) return "< 1 s";
  const [first = "0 s", second] = split(Math.max(0, seconds));
  return second === undefined || second.startsWith("0 ") ? first : `${first} ${second}`;
}

/** When events will be lost: `2 h 41 m`, or `now` where retention has come as far as the checkpoint. */
export function formatUntilLoss(seconds: number | null): string {
  return seconds === 0 ? "now" : formatDuration(seconds);
}

/** How far behind in time; `≥` where the dashboard has not watched for longer than that. */
export function formatBehind(seconds: number | null, isLowerBound: boolean): string {
  const text = formatDuration(seconds);
  if (seconds !== null && isLowerBound && seconds < 1) return seconds > 0 ? "> 0 s" : text;
  return seconds !== null && isLowerBound ? `≥ ${text}` : text;
}

/** How long ago, in its largest unit: `3 s ago`. A time slightly ahead of the clock reads as `0 s ago`. */
export function formatAge(at: string | null, now: number, never = unknownMark): string {
  if (at === null) return never;
  const [first = "0 s"] = split(Math.max(0, (now - Date.parse(at)) / 1000));
  return `${first} ago`;
}

/** Seconds between a wire time and `now`, never negative. */
export function secondsSince(at: string, now: number): number {
  return Math.max(0, (now - Date.parse(at)) / 1000);
}

/** Events per second: `812/s`, `0.4/s`, `< 0.1/s`. */
export function formatRate(perSecond: number | null): string {
  if (perSecond === null) return unknownMark;
  if (perSecond === 0) return "0/s";
  if (perSecond < 0.05) return "< 0.1/s";
  return perSecond < 10 ? `${tenths.format(perSecond)}/s` : `${grouped.format(perSecond)}/s`;
}

/** A share from 0 to 1 as `4 %`; above zero it never reads as `0 %`, below one never as `100 %`. */
export function formatShare(share: number | null): string {
  if (share === null) return unknownMark;
  if (share > 0 && share < 0.01) return "< 1 %";
  if (share < 1 && share > 0.99) return "> 99 %";
  return `${Math.round(share * 100)} %`;
}

/** `1 group`, `8 groups`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

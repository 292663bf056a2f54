const grouped = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

export function formatCount(count: number): string {
  return grouped.format(count);
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

const units = [
  { name: "d", seconds: 86_400 },
  { name: "h", seconds: 3_600 },
  { name: "m", seconds: 60 },
  { name: "s", seconds: 1 },
] as const;

export function splitDuration(seconds: number): string[] {
  let rest = Math.floor(seconds);
  const parts: string[] = [];
  for (const unit of units) {
    const whole = Math.floor(rest / unit.seconds);
    rest -= whole * unit.seconds;
    if (parts.length > 0 || whole > 0 || unit.name === "s") parts.push(`${whole} ${unit.name}`);
  }
  return parts;
}

/** Gives the two largest units: `2 h 41 m`, `3 m 12 s`, `48 s`. A zero second unit is dropped. */
export function formatDuration(seconds: number): string {
  if (seconds > 0 && seconds < 1) return "< 1 s";
  const [first = "0 s", second] = splitDuration(Math.max(0, seconds));
  return second === undefined || second.startsWith("0 ") ? first : `${first} ${second}`;
}

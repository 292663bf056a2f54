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

export function formatAgo(seconds: number): string {
  return seconds < 1 ? "just now" : `${formatDuration(seconds)} ago`;
}

/** So many are named one by one. */
export const mostListed = 5;
export const fewNamed = 3;

/** "partition 2", "partitions 3, 5 and 9", "12 partitions (0, 1, 2 …)". Ids come as the hub names them. */
export function partitionsNamed(ids: readonly string[]): string {
  const last = ids.at(-1);
  if (ids.length > mostListed) {
    return `${formatCount(ids.length)} partitions (${ids.slice(0, fewNamed).join(", ")} …)`;
  }
  if (ids.length < 2) return `partition ${last ?? ""}`.trim();
  return `partitions ${ids.slice(0, -1).join(", ")} and ${last}`;
}

/** The same at the begin of a sentence. */
export function partitionsNamedFirst(ids: readonly string[]): string {
  const named = partitionsNamed(ids);
  return `${named.charAt(0).toUpperCase()}${named.slice(1)}`;
}

export const byNumber = new Intl.Collator("en", { numeric: true });

/** "0-3,7", in the form that pages, addresses and commands take. */
export function formatRanges(ids: readonly string[]): string {
  const parts: { first: string; last: string }[] = [];
  for (const id of ids.toSorted(byNumber.compare)) {
    const before = parts.at(-1);
    const follows = before !== undefined && /^\d+$/.test(id) && Number(before.last) + 1 === Number(id);
    if (follows) before.last = id;
    else parts.push({ first: id, last: id });
  }
  return parts
    .flatMap(({ first, last }) => {
      if (first === last) return [first];
      return Number(last) === Number(first) + 1 ? [first, last] : [`${first}-${last}`];
    })
    .join(",");
}

/** The same as a text names it: "0-3, 7". */
export function rangesNamed(ids: readonly string[]): string {
  return formatRanges(ids).replaceAll(",", ", ");
}

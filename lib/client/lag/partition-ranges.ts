const collator = new Intl.Collator("en", { numeric: true });

/** More than naming every second of 2,048 partitions takes. */
export const maxRangeText = 8_192;

export interface ChosenPartitions {
  ids: string[];
  problems: string[];
}

export function parseRanges(text: string, known: readonly string[]): ChosenPartitions {
  const ordered = known.toSorted(collator.compare);
  if (text.length > maxRangeText) {
    return { ids: [], problems: [`The list is longer than ${maxRangeText} characters.`] };
  }
  const chosen = new Set<string>();
  const problems = new Set<string>();
  for (const part of text.split(/[\s,;]+/).filter(Boolean)) {
    const { ids, problem } = parsePart(part, ordered);
    for (const id of ids) chosen.add(id);
    if (problem !== null) problems.add(problem);
  }
  return { ids: ordered.filter((id) => chosen.has(id)), problems: [...problems] };
}

function parsePart(part: string, known: readonly string[]): { ids: string[]; problem: string | null } {
  if (known.includes(part)) return { ids: [part], problem: null };
  const range = /^(\d{1,9})(?:-|–|\.\.)(\d{1,9})$/.exec(part);
  if (range === null) {
    const name = /^\d{1,9}$/.test(part)
      ? `There is no partition ${part}`
      : `“${part.slice(0, 40)}” is neither a partition nor a range`;
    return { ids: [], problem: `${name}${among(known)}.` };
  }
  const [from, to] = [Number(range[1]), Number(range[2])];
  if (from > to) return { ids: [], problem: `The range ${part} runs backwards.` };
  const ids = known.filter((id) => /^\d+$/.test(id) && Number(id) >= from && Number(id) <= to);
  const missing =
    ids.length === to - from + 1 ? null : `Not all of ${part} are partitions of this hub${among(known)}.`;
  return { ids, problem: missing };
}

function among(known: readonly string[]): string {
  const [first, last] = [known[0], known.at(-1)];
  return first === undefined || last === undefined ? "" : `: there are ${first} to ${last}`;
}

export function listedIds(text: string, known: readonly string[]): (id: string) => boolean {
  if (text.trim() === "") return () => true;
  const ids = new Set(parseRanges(text, known).ids);
  return (id) => ids.has(id);
}

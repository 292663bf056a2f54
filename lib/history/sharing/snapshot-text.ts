import { turns } from "#lib/core/pause.ts";

/** What is shared of a hub. Its groups are by far the largest part. */
export interface SharedSnapshot {
  readonly groups: readonly unknown[];
  readonly [key: string]: unknown;
}

const begin = ',"groups":[\n';
const between = ",\n";
const end = "\n]}";

/**
 * Returns JSON with a group on each line, which JSON itself never breaks, so that it can be read group by
 * group too. Lets others run between the groups: thousands of partitions are megabytes.
 */
export async function writeSnapshot({ groups, ...rest }: SharedSnapshot): Promise<string> {
  const turn = turns();
  const texts: string[] = [];
  for (const group of groups) {
    texts.push(JSON.stringify(group));
    await turn();
  }
  // Never empty, so that a comma can follow.
  const head = JSON.stringify({ ...rest, version: 1 });
  return `${head.slice(0, -1)}${begin}${texts.join(between)}${end}`;
}

/** Reads what `writeSnapshot` wrote, or any JSON: an earlier version writes one line. */
export async function readSnapshot(text: string): Promise<unknown> {
  const at = text.indexOf(begin);
  if (at === -1 || !text.endsWith(end)) return JSON.parse(text);
  const turn = turns();
  const { version: _, ...rest } = JSON.parse(`${text.slice(0, at)}}`);
  const groups: unknown[] = [];
  for (const group of text.slice(at + begin.length, -end.length).split(between)) {
    if (group !== "") groups.push(JSON.parse(group));
    await turn();
  }
  return { ...rest, groups };
}

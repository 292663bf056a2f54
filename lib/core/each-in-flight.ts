/**
 * Runs `run`, which must not reject, on at most `maxInFlight` items at a time. Keeps the order of results.
 */
export async function eachInFlight<Item, Result>(
  items: readonly Item[],
  maxInFlight: number,
  run: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = new Array(items.length);
  const queue = items.entries();
  const work = async () => {
    for (const [index, item] of queue) results[index] = await run(item);
  };
  await Promise.all(Array.from({ length: Math.min(Math.max(1, maxInFlight), items.length) }, work));
  return results;
}

/**
 * Runs `run` on each item, at most `maxInFlight` at a time. Returns the results in order. `run` must not
 * reject.
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

/** The mean of the known values, each with its weight (default: all the same). Null: none is known. */
export function mean(values: readonly (number | null)[], weights?: readonly number[]): number | null {
  let [sum, weight] = [0, 0];
  for (const [index, value] of values.entries()) {
    if (value === null) continue;
    const own = weights === undefined ? 1 : (weights[index] ?? 0);
    sum += value * own;
    weight += own;
  }
  return weight === 0 ? null : sum / weight;
}

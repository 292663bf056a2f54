/**
 * Clamps a difference of two safe integers to a count from 0 to the largest safe integer; differences and
 * sums may pass it.
 */
export function toCount(difference: number): number {
  return Math.min(Math.max(difference, 0), Number.MAX_SAFE_INTEGER);
}

/** Clamps a difference or sum of safe integers to a count from 0 to the largest safe integer. */
export function toCount(difference: number): number {
  return Math.min(Math.max(difference, 0), Number.MAX_SAFE_INTEGER);
}

/**
 * A difference of two safe integers as a count: not below 0, and a safe integer again
 * (from -1 to the largest safe integer is one more than that, and sums may pass it too).
 */
export function toCount(difference: number): number {
  return Math.min(Math.max(difference, 0), Number.MAX_SAFE_INTEGER);
}

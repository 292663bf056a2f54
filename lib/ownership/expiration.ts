const renewalsPerExpiration = 6;
const minSeconds = 60;
const maxSeconds = 180;
/** Nothing observed yet: a fair guess to show, and the slowest SDK's for what must not be wrong. */
const unobservedSeconds = { showing: 120, guarding: 180 } as const;

/**
 * After how many seconds without renewal a group's owners count as gone (facts section 4; no SDK stores it):
 * configured, else 6 x the median observed renewal interval within 60 to 180, else 120 to show, 180 to guard.
 */
export function inferExpirationSeconds(
  known: { configured?: number | null | undefined; observedIntervals: readonly number[] },
  purpose: "showing" | "guarding",
): number {
  if (known.configured !== undefined && known.configured !== null) return known.configured;
  const interval = median(known.observedIntervals);
  if (interval === null) return unobservedSeconds[purpose];
  return Math.min(maxSeconds, Math.max(minSeconds, renewalsPerExpiration * interval));
}

/** The middle value, the mean of the two middle ones, or null of nothing. */
export function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)];
  const lower = sorted[Math.ceil(middle) - 1];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}

const renewalsPerExpiration = 6;
const minSeconds = 60;
const maxSeconds = 180;
/** Nothing observed yet: a fair guess to show, and the slowest SDK's for what must not be wrong. */
const unobservedSeconds = { showing: 120, guarding: 180 } as const;

/**
 * After how many seconds without renewal a group's owners count as gone (lib/ownership/README.md#expiry; no SDK
 * stores it): configured, else 6 x the median observed renewal interval within 60 to 180, else 120 to show, 180 to
 * guard.
 */
export function inferExpirationSeconds(
  known: { configured?: number | null | undefined; observedIntervals: readonly number[] },
  purpose: "showing" | "guarding",
): number {
  if (known.configured !== undefined && known.configured !== null) return known.configured;
  return observedExpiration(known.observedIntervals) ?? unobservedSeconds[purpose];
}

/** What renewal intervals alone say, in seconds; null where there are none. */
export function observedExpiration(intervals: readonly number[]): number | null {
  const interval = median(intervals);
  if (interval === null) return null;
  return Math.min(maxSeconds, Math.max(minSeconds, renewalsPerExpiration * interval));
}

/** After how many seconds an owner counts as gone before its group is reset: rather too many than too few. */
export function guardingExpirationSeconds(configured: number | null, observed: number | null): number {
  return configured ?? observed ?? unobservedSeconds.guarding;
}

/**
 * How often a group's processors renew what they own, and look for what nobody owns, in seconds: what was observed,
 * else what the configured expiry tells, else the slowest SDK's.
 */
export function renewalSeconds(configured: number | null, observed: number | null): number {
  return (observed ?? configured ?? unobservedSeconds.guarding) / renewalsPerExpiration;
}

/** The middle value, the mean of the two middle ones, or null of nothing. */
export function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)];
  const lower = sorted[Math.ceil(middle) - 1];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}

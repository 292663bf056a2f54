const renewalsPerExpiration = 6;
const minSeconds = 60;
const maxSeconds = 180;
/**
 * Without observation: a fair guess for display, the slowest SDK's value for safety, rather too long than too
 * short.
 */
const unobservedSeconds = { showing: 120, guarding: 180 } as const;

/**
 * Seconds without renewal after which owners count as gone (lib/ownership/README.md#expiry; no SDK stores
 * it): the configured value, else 6 x the median observed renewal interval, 60 to 180, else 120 to show and
 * 180 to guard.
 */
export function inferExpirationSeconds(
  known: { configured?: number | null | undefined; observedIntervals: readonly number[] },
  purpose: "showing" | "guarding",
): number {
  if (known.configured !== undefined && known.configured !== null) return known.configured;
  return observedExpiration(known.observedIntervals) ?? unobservedSeconds[purpose];
}

export function observedExpiration(intervals: readonly number[]): number | null {
  const interval = median(intervals);
  if (interval === null) return null;
  return Math.min(maxSeconds, Math.max(minSeconds, renewalsPerExpiration * interval));
}

export function guardingExpirationSeconds(configured: number | null, observed: number | null): number {
  return configured ?? observed ?? unobservedSeconds.guarding;
}

/**
 * How often processors renew and look for free partitions, in seconds: as observed, else derived from the
 * configured expiry, else the slowest SDK's.
 */
export function renewalSeconds(configured: number | null, observed: number | null): number {
  return (observed ?? configured ?? unobservedSeconds.guarding) / renewalsPerExpiration;
}

export function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)];
  const lower = sorted[Math.ceil(middle) - 1];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}

/** A point in time: milliseconds since the Unix epoch, UTC. */
export type EpochMs = number;

/** Tells the time. Only the edges hold one; everything else is handed `now`. */
export type Clock = () => EpochMs;

/** The wire's form of a time: ISO 8601, UTC. Null stays null. */
export function toIso(at: EpochMs): string;
export function toIso(at: EpochMs | null): string | null;
export function toIso(at: EpochMs | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

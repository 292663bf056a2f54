/** Milliseconds since the Unix epoch, UTC. */
export type EpochMs = number;

/** Only the edges hold a clock; everything else is given `now`. */
export type Clock = () => EpochMs;

export function toIso(at: EpochMs): string;
export function toIso(at: EpochMs | null): string | null;
export function toIso(at: EpochMs | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

/** Milliseconds since the Unix epoch, UTC. */
export type EpochMs = number;

/** Only the edges hold a clock; everything else is given `now`. */
export type Clock = () => EpochMs;

export function toIso(at: EpochMs): string;
export function toIso(at: EpochMs | null): string | null;
export function toIso(at: EpochMs | null): string | null {
  if (at === null) return null;
  const index = Math.trunc(Math.abs(at)) % recent.length;
  const known = recent[index];
  if (known?.at === at) return known.text;
  const text = new Date(at).toISOString();
  recent[index] = { at, text };
  return text;
}

/** Times of checkpoints, owners and events come again with every refresh and group. */
const recent = new Array<{ at: EpochMs; text: string } | undefined>(16_384);

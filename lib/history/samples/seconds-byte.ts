const smallest = 0.1;
const stepsPerDoubling = 10;

/**
 * Packs seconds into a byte, within 4 %: 0.1 s to 47 days in 253 steps of 7 %. 0 is null, 1 is 0 s; anything
 * shorter than 0.1 s counts as 0.1 s.
 */
export function secondsToByte(seconds: number | null): number {
  if (seconds === null) return 0;
  if (seconds <= 0) return 1;
  const step = Math.round(Math.log2(seconds / smallest) * stepsPerDoubling);
  return 2 + Math.min(253, Math.max(0, step));
}

export function secondsFromByte(byte: number): number | null {
  if (byte === 0) return null;
  return byte === 1 ? 0 : smallest * 2 ** ((byte - 2) / stepsPerDoubling);
}

/** How bad a loss is: below 1 while it is only foreseen, then 1 and one more for each event lost. */
export function lossMeasure(secondsUntilLoss: number, lostEvents: number | null): number {
  return secondsUntilLoss === 0 ? 1 + (lostEvents ?? 0) : 1 / (1 + secondsUntilLoss);
}

export function hasBegun(measure: number): boolean {
  return measure >= 1;
}

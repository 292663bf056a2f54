import { type Chip, isFarBehind } from "./status-words.ts";

const noticeableShare = 0.1;
const noticeableEvents = 10;
const noticeableSeconds = 10;

function isNear(a: number | null, b: number | null, least: number): boolean {
  if (a === null || b === null) return a === b;
  return Math.abs(a - b) <= Math.max(least, Math.max(a, b) * noticeableShare);
}

export function isAboutSameLag(a: number | null, b: number | null): boolean {
  return isNear(a, b, noticeableEvents);
}

export function isAboutSameTime(a: number | null, b: number | null): boolean {
  return isNear(a, b, noticeableSeconds);
}

/** Whoever keeps up has some lag between two checkpoints: how much says nothing. */
export function keepUp(...chips: readonly Chip[]): boolean {
  return chips.every((chip) => chip.status === "ok" && !isFarBehind(chip));
}

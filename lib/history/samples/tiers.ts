import type { EpochMs } from "#lib/core/time.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * The three densities that samples are kept in. A chunk is one row of the database, and none is longer than
 * this; raw ones grow from single samples and are packed once their hour is over.
 */
export const rawTier = { tier: 0, pointMs: 0, chunkMs: hour } as const;
export const minuteTier = { tier: 1, pointMs: minute, chunkMs: hour } as const;
export const hourTier = { tier: 2, pointMs: hour, chunkMs: day } as const;
export type Tier = typeof rawTier | typeof minuteTier | typeof hourTier;

/**
 * How much of a minute's raw samples share a row while they come in. To SQLite a row that grows costs less than
 * new ones, while PostgreSQL would keep a dead copy of it each time.
 */
export const incomingChunkMs = { sqlite: minute, postgres: 1 } as const;

/** How long each density is kept. */
export interface Retention {
  rawMs: number;
  minutesMs: number;
  hoursMs: number;
}

export const defaultRetention: Retention = { rawMs: 2 * day, minutesMs: 30 * day, hoursMs: 365 * day };

/** The start of the stretch of `sizeMs` that a time lies in, counted from the epoch. */
export function floorTo(at: EpochMs, sizeMs: number): EpochMs {
  return Math.floor(at / sizeMs) * sizeMs;
}

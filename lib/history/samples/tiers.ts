import type { EpochMs } from "#lib/core/time.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * The three densities of stored samples. A chunk is one database row of at most this length; raw rows start
 * as single samples and are packed after their hour.
 */
export const rawTier = { tier: 0, pointMs: 0, chunkMs: hour } as const;
export const minuteTier = { tier: 1, pointMs: minute, chunkMs: hour } as const;
export const hourTier = { tier: 2, pointMs: hour, chunkMs: day } as const;
export type Tier = typeof rawTier | typeof minuteTier | typeof hourTier;

/**
 * How many raw samples share a row while they arrive. Growing a row is cheap in SQLite; PostgreSQL would keep
 * a dead copy each time.
 */
export const incomingChunkMs = { sqlite: minute, postgres: 1 } as const;

export interface Retention {
  rawMs: number;
  minutesMs: number;
  hoursMs: number;
}

export const defaultRetention: Retention = { rawMs: 2 * day, minutesMs: 30 * day, hoursMs: 365 * day };

export function floorTo(at: EpochMs, sizeMs: number): EpochMs {
  return Math.floor(at / sizeMs) * sizeMs;
}

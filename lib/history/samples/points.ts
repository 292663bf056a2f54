import { largest } from "#lib/core/known.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { Grid } from "./grid.ts";
import { mean } from "./mean.ts";
import type { FlatSample } from "./sample.ts";

export interface HistoryPoint {
  at: EpochMs;
  lag: number | null;
  lagMax: number | null;
  measuredLag: number | null;
  measuredLagMax: number | null;
  partitionsUnknown: number | null;
  partitionsBounded: number | null;
  lagSeconds: number | null;
  lagSecondsIsLowerBound: boolean;
  eventsInPerSecond: number | null;
  eventsOutPerSecond: number | null;
}

/** A sample stands for this many refresh periods: one late refresh is no gap, two missing ones are. */
const heldPeriods = 2.5;

/**
 * Turns samples (oldest first) into one point per step, up to `now`. A step without a sample repeats the
 * previous one if that still holds; otherwise it is a gap.
 */
export function toPoints(samples: readonly FlatSample[], grid: Grid, now: EpochMs): HistoryPoint[] {
  const points: HistoryPoint[] = [];
  const stepMs = grid.stepSeconds * 1000;
  let index = 0;
  let before: FlatSample | null = null;
  for (let at = grid.from; at < grid.to; at += stepMs) {
    const end = Math.min(at + stepMs, now);
    const inStep: FlatSample[] = [];
    const beforeStep: FlatSample | null = before;
    for (let next = samples[index]; next !== undefined && next.at < at + stepMs; next = samples[index]) {
      if (next.at >= at) inStep.push(next);
      before = next;
      index += 1;
    }
    const last = inStep.at(-1);
    if (last === undefined) points.push(holdsUntil(before) >= end ? held(before, at) : gap(at));
    else points.push(merged(inStep, last, at, beforeStep));
  }
  return points;
}

export function holdsUntil(sample: FlatSample | null): EpochMs {
  return sample === null ? Number.NEGATIVE_INFINITY : sample.at + heldPeriods * sample.holdsSeconds * 1000;
}

function merged(
  samples: readonly FlatSample[],
  last: FlatSample,
  at: EpochMs,
  before: FlatSample | null = null,
): HistoryPoint {
  const weights = samples.map((sample, index) => standsForMs(sample, samples[index - 1] ?? before));
  const rate = (rateOf: (sample: FlatSample) => number | null) => mean(samples.map(rateOf), weights);
  const lagSeconds = largest(samples.map((sample) => sample.lagSeconds));
  return {
    at,
    lag: last.value,
    lagMax: largest(samples.map(({ max }) => max)),
    measuredLag: last.measured,
    measuredLagMax: largest(samples.map(({ measuredMax }) => measuredMax)),
    partitionsUnknown: last.partitionsUnknown,
    partitionsBounded: last.partitionsBounded,
    lagSeconds,
    lagSecondsIsLowerBound:
      lagSeconds !== null && samples.some(({ lagSecondsIsLowerBound }) => lagSecondsIsLowerBound),
    eventsInPerSecond: rate(({ eventsInPerSecond }) => eventsInPerSecond),
    eventsOutPerSecond: rate(({ eventsOutPerSecond }) => eventsOutPerSecond),
  };
}

/**
 * How long a sample stands for: at most the time since the previous one, since minutes and single refreshes
 * may share a step.
 */
function standsForMs(sample: FlatSample, before: FlatSample | null): number {
  const { at, pointMs, holdsSeconds } = sample;
  if (before === null) return pointMs ?? holdsSeconds * 1000;
  return Math.max(1, Math.min(pointMs ?? heldPeriods * holdsSeconds * 1000, at - before.at));
}

function held(sample: FlatSample | null, at: EpochMs): HistoryPoint {
  return sample === null
    ? gap(at)
    : merged([{ ...sample, max: sample.value, measuredMax: sample.measured }], sample, at);
}

function gap(at: EpochMs): HistoryPoint {
  return {
    at,
    lag: null,
    lagMax: null,
    measuredLag: null,
    measuredLagMax: null,
    partitionsUnknown: null,
    partitionsBounded: null,
    lagSeconds: null,
    lagSecondsIsLowerBound: false,
    eventsInPerSecond: null,
    eventsOutPerSecond: null,
  };
}

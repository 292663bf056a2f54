import { timeSteps } from "./time-axis.ts";

const mostSteps = 5;
const mostTimeSteps = 4;
const roundSteps = [1, 2, 2.5, 5, 10];
const compact = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 2 });
const small = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 3 });

/** Ticks from 0 to at least the highest, far enough apart for exact labels. */
export function countTicks(highest: number): number[] {
  return ticks(highest, Math.max(1, roundStep(highest, false)));
}

export function rateTicks(highest: number): number[] {
  return ticks(highest, highest > 0 ? roundStep(highest, true) : 1);
}

export function secondTicks(highest: number): number[] {
  const stepMs = timeSteps.find((ms) => (highest * 1000) / ms <= mostTimeSteps);
  return ticks(highest, stepMs === undefined ? roundStep(highest, false) : stepMs / 1000);
}

export function formatTick(value: number): string {
  return Math.abs(value) < 1 ? small.format(value) : compact.format(value);
}

function roundStep(highest: number, withTenths: boolean): number {
  const least = highest / mostSteps;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = roundSteps.find((one) => one * power >= least * (1 - 1e-9)) ?? 10;
  return (step === 2.5 && power <= 1 && !withTenths ? 5 : step) * power;
}

function ticks(highest: number, step: number): number[] {
  const count = Math.max(1, Math.ceil(highest / step - 1e-9));
  return Array.from({ length: count + 1 }, (_, i) => Number((i * step).toPrecision(12)));
}

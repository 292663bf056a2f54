import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync(new URL("../../../app/tokens.css", import.meta.url), "utf8");
const tokens = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#[\da-f]{6}), (#[\da-f]{6})\)/g)].map(
    ([, name, light, dark]) => [name ?? "", { light: light ?? "", dark: dark ?? "" }],
  ),
);

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((i) => Number.parseInt(hex.slice(i, i + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string, theme: "light" | "dark"): number {
  const [dark = 0, light = 0] = [one, other]
    .map((name) => luminance(tokens.get(name)?.[theme] ?? "#000000"))
    .sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const statuses = ["ok", "warn", "stall", "rewind", "stop", "unknown"];
const text = [
  ...["ink", "muted", "faint", "accent"].flatMap((name) =>
    ["page", "surface", "raised"].map((under) => [name, under]),
  ),
  ...statuses.flatMap((name) => [`${name}-soft`, "surface", "raised"].map((under) => [name, under])),
  ["ink", "bar"],
  ["ink", "warn-soft"],
  ["accent", "accent-soft"],
  ["on-accent", "accent"],
] as [string, string][];
const marks = Array.from({ length: 8 }, (_, i) => [`owner-${i + 1}`, "surface"] as [string, string]);

describe.each(["light", "dark"] as const)("the %s theme", (theme) => {
  it.each(text)("keeps %s readable on %s", (name, under) => {
    expect(tokens.has(name) && tokens.has(under)).toBe(true);
    expect(contrast(name, under, theme)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(marks)("keeps %s visible on %s", (name, under) =>
    expect(contrast(name, under, theme)).toBeGreaterThanOrEqual(3),
  );
});

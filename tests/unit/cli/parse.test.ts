import { describe, expect, it } from "vitest";
import { z } from "zod";
import { CommandFailure } from "#lib/cli/failure.ts";
import { parseAddress } from "#lib/cli/parse/address.ts";
import { parseDuration, parseTime } from "#lib/cli/parse/time.ts";
import { targetOf, targetShape } from "#lib/cli/resets/target.ts";

it("splits a hub's id from the group's name at the last slash", () => {
  expect(parseAddress("orders/$Default")).toEqual({ hub: "orders", group: "$Default" });
  expect(parseAddress("broken hub/1/billing")).toEqual({ hub: "broken hub/1", group: "billing" });
  for (const text of [undefined, "", "orders", "/billing", "orders/"]) {
    expect(() => parseAddress(text)).toThrow(CommandFailure);
  }
});

it("reads durations in short form and in ISO 8601", () => {
  const texts = ["90m", "2 h", "1d", "PT2H", "P1DT30M", "PT1.5S", "PT0S"];
  expect(texts.map(parseDuration)).toEqual([5_400, 7_200, 86_400, 7_200, 88_200, 1.5, 0]);
  expect(["", "P", "PT", "2", "h", "P1M", "-2h", "2h 3m"].map(parseDuration)).toEqual(Array(8).fill(null));
});

it("takes a time without a zone as UTC", () => {
  expect(parseTime("2026-03-01T12:00:00.250")).toBe("2026-03-01T12:00:00.250Z");
  expect(parseTime("2026-03-01 12:00")).toBe("2026-03-01T12:00:00.000Z");
  expect(parseTime("2026-03-01T12:00:00+02:00")).toBe("2026-03-01T10:00:00.000Z");
  expect(parseTime("2026-03-01")).toBe("2026-03-01T00:00:00.000Z");
  for (const text of ["", "yesterday", "2026-13-01", "12:00", "2026-03-01T25:00"])
    expect(parseTime(text)).toBeNull();
});

describe("a reset's target", () => {
  const of = (options: object) => targetOf(z.object(targetShape).parse(options));

  it.each([
    [{ toEarliest: true }, { kind: "earliest" }],
    [{ toLatest: true }, { kind: "latest" }],
    [{ toDatetime: "2026-03-01T12:00:00Z" }, { kind: "time", value: "2026-03-01T12:00:00.000Z" }],
    [{ byDuration: "2h" }, { kind: "ago", seconds: 7_200 }],
    [{ shiftBy: "-5" }, { kind: "shift", by: -5 }],
    [{ shiftBy: "0" }, { kind: "shift", by: 0 }],
    [{ toSequenceNumber: "0" }, { kind: "sequenceNumber", value: 0 }],
    [{ toGroup: "archive" }, { kind: "group", name: "archive" }],
    [{ fromFile: "-" }, { file: "-" }],
  ])("is what %o names", (options, target) => expect(of(options)).toEqual(target));

  it("is exactly one", () => {
    expect(() => of({})).toThrow(/Name where to/);
    expect(() => of({ toLatest: true, shiftBy: "0" })).toThrow(/only one target/);
    expect(() => of({ shiftBy: "1e3" })).toThrow(/whole number/);
  });
});

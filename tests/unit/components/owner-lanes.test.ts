import { describe, expect, it } from "vitest";
import { condense, ownerLanes, type Stretch } from "#components/owners/owner-lanes.ts";
import { changeText, endText, type OwnerChange } from "#lib/client/owners/owner-words.ts";
import type { ObservedOwners } from "#lib/ownership/observed-owners.ts";
import type { OwnerSpan } from "#lib/ownership/owner-spans.ts";

const start = Date.parse("2026-03-01T12:00:00Z");
const iso = (second: number) => new Date(start + second * 1000).toISOString();

function span(
  ownerId: string,
  from: number,
  to: number | null,
  endedBy: OwnerSpan["endedBy"] = null,
): OwnerSpan {
  return {
    partitionId: "0",
    ownerId,
    from: start + from * 1000,
    to: to === null ? null : start + to * 1000,
    endedBy,
  };
}

function change(kind: OwnerChange["kind"], at: number, more: Partial<OwnerChange> = {}): OwnerChange {
  return {
    at: iso(at),
    partitionId: "0",
    kind,
    ownerId: null,
    previousOwnerId: null,
    uncertaintySeconds: 0,
    unobserved: false,
    ...more,
  };
}

function stretches(spans: OwnerSpan[], over: Partial<ObservedOwners> = {}): readonly Stretch[] {
  const range = { from: start, to: start + 100_000, isLive: true, knownFrom: start, changes: [] };
  return ownerLanes(["0"], { ...range, spans, ...over })[0]?.stretches ?? [];
}

/** Writes `a 0-0.4` for a bar, `- 0.4-0.5` for a stretch without an owner. */
function drawn(...given: Parameters<typeof stretches>): string[] {
  return stretches(...given).map(({ ownerId, start: s, end }) => `${ownerId ?? "-"} ${s}-${end}`);
}

describe("a partition's lane", () => {
  it("shows who owned it, and nobody between a release and the next claim", () => {
    expect(drawn([span("a", -20, 40, "released"), span("b", 50, null)])).toEqual([
      "a 0-0.4",
      "- 0.4-0.5",
      "b 0.5-1",
    ]);
  });

  it("has no unowned stretch when it was stolen", () => {
    expect(drawn([span("b", 40, null), span("a", 0, 40, "stolen")])).toEqual(["a 0-0.4", "b 0.4-1"]);
  });

  it("has nobody after an expiry, up to now or to the end of a past range", () => {
    const spans = [span("a", 0, 40, "expired")];
    expect(drawn(spans)).toEqual(["a 0-0.4", "- 0.4-1"]);
    expect(stretches(spans).at(-1)?.ending).toBe("still nobody");
    expect(stretches(spans, { isLive: false }).at(-1)?.ending).toBe("to the end of this range");
  });

  it("is unknown before the group was watched, and unowned from then on", () => {
    const watched = { knownFrom: start + 10_000 };
    expect(drawn([span("a", 40, null)], watched)).toEqual(["- 0.1-0.4", "a 0.4-1"]);
    expect(drawn([], watched)).toEqual(["- 0.1-1"]);
    expect(drawn([], { knownFrom: null })).toEqual([]);
  });

  it("has no more stretches than can be distinguished", () => {
    const many = Array.from({ length: 5_000 }, (_, i): Stretch => {
      const [s, end] = [i / 5_000, (i + 1) / 5_000];
      return { start: s, end, ownerId: `o${i}`, from: i, to: i + 1, ending: "", count: 1 };
    });
    const few = condense(many);
    expect(few.length).toBeLessThan(1_000);
    expect(few.reduce((sum, { count }) => sum + count, 0)).toBe(5_000);
    expect(few.at(-1)?.end).toBe(1);
    expect(condense(many.slice(0, 1))).toEqual(many.slice(0, 1));
  });
});

describe("a change in words", () => {
  it.each([
    [change("claimed", 0, { ownerId: "a" }), "claimed by a"],
    [change("stolen", 0, { ownerId: "b", previousOwnerId: "a" }), "stolen by b from a"],
    [change("stolen", 0, { ownerId: "b" }), "stolen by b"],
    [change("released", 0, { previousOwnerId: "a" }), "released by a"],
    [change("expired", 0, { previousOwnerId: "a" }), "expired, last held by a"],
    [change("expired", 0), "expired"],
  ])("%#: %s", (one, text) => {
    expect(changeText(one)).toBe(text);
  });

  it("tells how a span ended", () => {
    expect(endText(null, null)).toBe("still owned");
    expect(endText("released", iso(1))).toBe("released");
  });
});

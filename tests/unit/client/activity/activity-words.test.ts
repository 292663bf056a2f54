import { describe, expect, it } from "vitest";
import { reason, toWire } from "#lib/api/reasons/reason.ts";
import {
  type ActivityEntry,
  actionText,
  outcomeWords,
  personOf,
  quietText,
  resetFacts,
  silencedText,
  subjectText,
} from "#lib/client/activity/activity-words.ts";
import { wireText } from "#tests/support/fixtures/reasons.ts";

const entry = (details: Record<string, unknown>, more: Partial<ActivityEntry> = {}): ActivityEntry => ({
  id: 1,
  at: "2026-03-02T12:00:00Z",
  actor: "anonymous",
  action: "reset",
  hub: "orders",
  group: "billing",
  outcome: "done",
  details,
  ...more,
});

const gone = toWire(reason("groupGone"));

describe("an entry of the activity", () => {
  it("calls a skip so, though it is applied like a reset", () => {
    const of = (target: object) => actionText(entry({ target }));
    expect(of({ kind: "sequenceNumber", value: 8, skipped: { sequenceNumber: 7 } })).toBe("Skip");
    expect(of({ kind: "sequenceNumber", value: 8 })).toBe("Reset");
    expect(actionText(entry({}))).toBe("Reset");
    expect(actionText(entry({ target: { kind: "undo", resetId: "r" } }, { action: "undo" }))).toBe("Undo");
  });

  it("tells what a reset replaced and wrote", () => {
    const facts = resetFacts(
      entry({
        resetId: "r1",
        mode: "live",
        target: { kind: "shift", by: -5 },
        clamped: { earliest: 1, latest: 0, all: 3 },
        results: { written: 1 },
        partitions: [
          {
            partitionId: "0",
            result: "written",
            before: { sequenceNumber: 9, offset: "9" },
            after: { sequenceNumber: 4, offset: "4" },
          },
          { partitionId: "1", result: "skipped", before: null, after: null, reason: gone },
          { partitionId: "2", result: "skipped", message: "Recorded by version 0.1.0." },
        ],
        partitionsNotListed: 960,
      }),
    );
    expect(facts).toMatchObject({ resetId: "r1", mode: "live", target: { by: -5 }, linesNotListed: 960 });
    expect(facts.clamped).toEqual({ earliest: 1, latest: 0, all: 3 });
    expect(facts.lines).toEqual([
      {
        partitionId: "0",
        result: "written",
        before: { sequenceNumber: 9 },
        after: { sequenceNumber: 4 },
        reason: null,
        live: null,
      },
      {
        partitionId: "1",
        result: "skipped",
        before: null,
        after: null,
        reason: gone,
        live: null,
      },
      {
        partitionId: "2",
        result: "skipped",
        before: null,
        after: null,
        reason: wireText("Recorded by version 0.1.0."),
        live: null,
      },
    ]);
  });

  it.each([
    {},
    {
      resetId: 7,
      target: { kind: "sideways" },
      mode: "fast",
      message: {},
      reason: { code: 1 },
      results: [1],
      partitions: "all",
    },
    { target: null, partitions: [null, 4, { partitionId: 3 }, { partitionId: "3", result: "gone" }] },
    { partitions: 12, results: { written: "many" }, groupMoveId: 4 },
  ])("ignores details that it does not know: %j", (details) => {
    expect(resetFacts(entry(details))).toEqual({
      resetId: null,
      groupMoveId: null,
      target: null,
      mode: null,
      clamped: null,
      message: null,
      results: new Map(),
      lines: [],
      linesNotListed: 0,
    });
  });

  it.each([
    ["started", {}, "Started"],
    ["done", {}, "Ended"],
    ["done", { results: { written: 4 } }, "Done"],
    ["done", { results: { written: 324, skipped: 700 } }, "324 written, 700 not changed"],
    ["done", { results: { written: 3, conflict: 1 } }, "3 written, 1 in conflict"],
    ["done", { results: { conflict: 2, skipped: 1 } }, "Nothing written"],
    ["done", { results: { unknown: 1 } }, "1 unknown"],
    ["failed", {}, "Stopped early"],
    ["failed", { results: { written: 2, skipped: 3 } }, "Stopped early, 2 written, 3 not changed"],
    ["refused", {}, "Refused"],
    ["overwritten", {}, "Overwritten"],
    ["something new", {}, "something new"],
  ])("with the outcome %s is named accordingly: %j", (outcome, details, word) => {
    expect(outcomeWords(entry(details, { outcome })).word).toBe(word);
  });

  it.each([
    ["silence", {}, "Done"],
    ["acknowledgeIncident", {}, "Done"],
    ["configuration", {}, "Done"],
    ["moveGroups", { groupResults: { moved: 5 } }, "Done"],
    ["moveGroups", { groupResults: { moved: 5, skipped: 1 } }, "5 moved, 1 skipped"],
    ["undoMoveGroups", { groupResults: { skipped: 1, moved: 4 } }, "4 undone, 1 skipped"],
  ])("of %s with %j is not named like a reset's: %s", (action, details, word) => {
    expect(outcomeWords(entry(details, { action })).word).toBe(word);
  });

  it("tells a blob that was deleted from one that was written", () => {
    const partition = { partitionId: "31", result: "written", before: null, after: null };
    const of = (more: object) => resetFacts(entry({ partitions: [{ ...partition, ...more }] })).lines[0];
    expect(of({ removes: true })?.removes).toBe(true);
    expect(of({})?.removes).toBeUndefined();
  });

  it("tells the actor's identity at the issuer if recorded", () => {
    const subject = { issuer: "https://login.example", key: "a1" };
    expect(personOf(entry({ subject }))).toEqual({ name: "anonymous", subject });
    expect(subjectText(subject)).toBe("a1 at https://login.example");
    for (const details of [{}, { subject: null }, { subject: "a1" }, { subject: { key: "a1" } }]) {
      expect(personOf(entry(details))).toEqual({ name: "anonymous", subject: null });
    }
  });

  it("tells the actor, also when the dashboard saw the outcome later", () => {
    const subject = { issuer: "https://login.example", key: "a1" };
    const seen = entry({ appliedBy: "Ann", subject }, { actor: "tidemark", outcome: "overwritten" });
    expect(personOf(seen)).toEqual({ name: "Ann", subject });
  });

  it("says what was done, and shows unknown actions as recorded", () => {
    expect(["reset", "undo", "signIn"].map((action) => actionText(entry({}, { action })))).toEqual([
      "Reset",
      "Undo",
      "signIn",
    ]);
  });
});

describe("an acknowledgement's entry", () => {
  const acknowledged = (details: object) =>
    quietText(entry({ incidentId: 4, ...details }, { action: "acknowledgeIncident" }));

  it("says who acknowledged the incident of which rule, and why", () => {
    expect(acknowledged({ rule: "stopped", note: "Rolling back" })).toBe(
      "anonymous acknowledged the incident of rule stopped: Rolling back",
    );
    expect(acknowledged({ rule: "stopped", note: null })).toBe(
      "anonymous acknowledged the incident of rule stopped",
    );
    expect(acknowledged({})).toBeNull();
  });
});

describe("a silence's entry", () => {
  const silence = (details: Record<string, unknown>, action = "silence") =>
    entry(
      {
        hubs: "orders",
        groups: "billing",
        rules: "*",
        until: "2026-03-02T13:00:00.000Z",
        note: "Deploying",
        ...details,
      },
      { action, hub: "", group: null },
    );

  it("says who silenced what until when, and why", () => {
    expect(quietText(silence({ hubs: "or*", groups: "bill*", rules: "lag-*" }))).toBe(
      "anonymous silenced bill* on or*, rule lag-* until 2026-03-02 13:00:00 UTC: Deploying",
    );
    expect(quietText(silence({}, "endSilence"))).toBe(
      "anonymous ended the silence of billing on orders, all rules, which would have held until 2026-03-02 13:00:00 UTC: Deploying",
    );
    expect(quietText(entry({}))).toBeNull();
  });

  it.each([
    ["*", "*", "every event hub and its groups, all rules"],
    ["*", "billing", "billing on every event hub, all rules"],
    ["or*", "*", "or* and its groups, all rules"],
  ])("names what it is about: %s, %s", (hubs, groups, text) =>
    expect(silencedText(silence({ hubs, groups }))).toBe(text),
  );
});

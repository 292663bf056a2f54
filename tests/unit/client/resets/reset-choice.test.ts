import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { previewBodySchema, type RequestedTarget } from "#lib/api/resets.ts";
import { chooseAgainPath } from "#lib/client/resets/choose-again.ts";
import { curlCalls, repairable, requestOf } from "#lib/client/resets/plan-again.ts";
import { choose, type ResetUrl, usualMode } from "#lib/client/resets/reset-choice.ts";
import { agoUnits, parseAsAgo, resetParsers } from "#lib/client/resets/reset-url.ts";
import { fixturePlan, fixturePlanEntry } from "#tests/support/fixtures/fixture-resets.ts";
import { wireText } from "#tests/support/fixtures/reasons.ts";

const known = ["0", "1", "2", "3"];
const blank: ResetUrl = {
  partitions: null,
  target: null,
  at: null,
  ago: null,
  sequence: null,
  shift: null,
  from: null,
  fromStore: null,
  file: null,
  fileBy: null,
  mode: "offline",
  handler: 30,
};
const hub = { fullyQualifiedNamespace: "a", eventHubName: "b", createdOn: "2026-01-01T00:00:00.000Z" };

describe("the choice of a reset", () => {
  it.each<[Partial<ResetUrl>, object]>([
    [{ target: "earliest" }, { partitions: "all", target: { kind: "earliest" } }],
    [
      { target: "latest", partitions: "1-2" },
      { partitions: ["1", "2"], target: { kind: "latest" } },
    ],
    [
      { target: "time", at: Date.parse("2026-03-02T12:00:00Z") },
      { target: { kind: "time", value: "2026-03-02T12:00:00.000Z" } },
    ],
    [{ target: "ago", ago: { amount: 90, unit: "m" } }, { target: { kind: "ago", seconds: 5_400 } }],
    [{ target: "sequenceNumber", sequence: 0 }, { target: { kind: "sequenceNumber", value: 0 } }],
    [{ target: "shift", shift: -7 }, { target: { kind: "shift", by: -7 } }],
    [{ target: "group", from: "archive" }, { target: { kind: "group", name: "archive" } }],
    [
      { target: "group", from: "archive", fromStore: "main" },
      { target: { kind: "group", name: "archive", store: "main" } },
    ],
    [
      { target: "latest", mode: "live", handler: 12 },
      { mode: "live", handlerSeconds: 12 },
    ],
  ])("%j is requested in the API's form", (url, request) => {
    const chosen = choose({ ...blank, ...url }, known, null);
    expect(chosen).toMatchObject({ request });
    if ("request" in chosen) expect(previewBodySchema.safeParse(chosen.request).success).toBe(true);
  });

  it.each<[Partial<ResetUrl>, RegExp]>([
    [{}, /Choose a target/],
    [{ target: "earliest", partitions: "" }, /at least one partition/],
    [{ target: "earliest", partitions: "0,9" }, /no partition 9/],
    [{ target: "time" }, /Enter a time/],
    [{ target: "ago" }, /how long ago/],
    [{ target: "ago", ago: { amount: 99_999, unit: "d" } }, /ten years/],
    [{ target: "sequenceNumber", sequence: -1 }, /0 or more/],
    [{ target: "shift", shift: 0 }, /number of events to shift/],
    [{ target: "group" }, /other group/],
    [{ target: "file" }, /Choose a file/],
    [{ target: "latest", mode: "live", handler: 0 }, /1 to 3,600 seconds/],
  ])("%j reports what is missing", (url, missing) => {
    expect(choose({ ...blank, ...url }, known, null)).toEqual({ missing: expect.stringMatching(missing) });
  });

  it("takes only chosen partitions from a file, and only the file's partitions from the choice", () => {
    const positions = ["1", "2"].map((partitionId) => ({
      partitionId,
      nextSequenceNumber: 5,
      enqueuedAt: null,
    }));
    const file = { file: { hub, consumerGroup: null, exportedAt: null, positions }, hub, known };
    const url = { ...blank, target: "file" as const };
    expect(choose(url, known, file)).toMatchObject({ request: { partitions: ["1", "2"] } });
    expect(choose({ ...url, partitions: "0-1" }, known, file)).toMatchObject({
      request: { partitions: ["1"] },
    });
    expect(choose({ ...url, partitions: "3" }, known, file)).toEqual({
      missing: "None of the chosen partitions is in the file.",
    });
  });

  it("comes back from a plan's review unchanged", () => {
    const targets: RequestedTarget[] = [
      { kind: "earliest" },
      { kind: "time", value: "2026-03-02T12:00:00.000Z" },
      { kind: "ago", seconds: 5_400 },
      { kind: "sequenceNumber", value: 4 },
      { kind: "shift", by: -3 },
      { kind: "group", name: "a & b", store: "main" },
    ];
    for (const target of targets) {
      const path = chooseAgainPath(
        fixturePlan([fixturePlanEntry()], { target, mode: "live", handlerSeconds: 9 }),
      );
      const query = new URLSearchParams(path.slice(path.indexOf("?")));
      expect(query.get("store")).toBe("main");
      const url = Object.fromEntries(
        Object.entries(resetParsers).map(([name, parser]) => {
          const text = query.get(name);
          return [name, text === null ? null : parser.parse(text)];
        }),
      ) as unknown as ResetUrl;
      expect(choose(url, known, null)).toEqual({
        request: { partitions: ["0"], target, mode: "live", handlerSeconds: 9 },
      });
    }
  });
});

describe("the way of a reset", () => {
  const group = { formats: ["common" as const], ownedPartitions: 0, heldPartitions: 0 };

  it("is live at first where processors run, or are held off by another one", () => {
    expect(usualMode(group)).toBe("offline");
    expect(usualMode({ ...group, ownedPartitions: 1 })).toBe("live");
    expect(usualMode({ ...group, heldPartitions: 2 })).toBe("live");
    expect(usualMode({ ...group, formats: [], ownedPartitions: 1 })).toBe("live");
  });

  it("is offline where the layout knows no other", () => {
    const eph = { ...group, formats: ["eph" as const], ownedPartitions: 4 };
    expect(usualMode(eph)).toBe("offline");
    expect(usualMode({ ...eph, formats: ["eph", "common"] })).toBe("live");
  });

  it("is the group's alone: the API and the command line go offline unless told", () => {
    const body = { partitions: "all", target: { kind: "latest" } };
    expect(previewBodySchema.parse(body).mode).toBe("offline");
    expect(resetParsers.mode.parse("")).toBeNull();
  });
});

describe("the address", () => {
  it("keeps any length of time", () => {
    const units = Object.keys(agoUnits) as (keyof typeof agoUnits)[];
    void fc.assert(
      fc.property(fc.nat(999_999_999), fc.constantFrom(...units), (amount, unit) => {
        expect(parseAsAgo.serialize({ amount, unit })).toBe(`${amount}${unit}`);
        expect(parseAsAgo.parse(`${amount}${unit}`)).toEqual({ amount, unit });
      }),
    );
  });

  it.each(["", "5", "m", "-5m", "5w", "1.5h"])("takes %j for no length of time", (text) => {
    expect(parseAsAgo.parse(text)).toBeNull();
  });

  it.each(["1e3", "9007199254740993", "0x1", " "])("takes %j for no sequence number", (text) => {
    expect(resetParsers.sequence.parse(text)).toBeNull();
  });
});

describe("a plan", () => {
  it("is requested again with the same partitions", () => {
    const plan = fixturePlan([fixturePlanEntry({ partitionId: "3" })], { mode: "live", handlerSeconds: 9 });
    expect(requestOf(plan)).toEqual({
      partitions: ["3"],
      target: plan.target,
      mode: "live",
      handlerSeconds: 9,
    });
    expect(requestOf({ ...plan, target: { kind: "undo", resetId: "r" } })).toBeNull();
  });

  it("names the partitions that could go elsewhere", () => {
    const plan = fixturePlan([
      fixturePlanEntry(),
      fixturePlanEntry({ partitionId: "1", blockedBy: wireText("No checkpoint."), repairs: ["earliest"] }),
    ]);
    expect(repairable(plan, "earliest")).toEqual(["1"]);
    expect(repairable(plan, "latest")).toEqual([]);
  });

  it("is a shell command for any group name", () => {
    const plan = fixturePlan([], { group: 'it\'s; rm -rf "$HOME"' });
    const { apply } = curlCalls(plan, "https://tidemark.test");
    expect(apply).toContain("'https://tidemark.test/api/v1/event-hubs/orders/consumer-groups/it'\\''s%3B");
    expect(apply).toContain(`"confirm":"it'\\''s; rm -rf \\"$HOME\\""`);
    const undo = curlCalls({ ...plan, target: { kind: "undo", resetId: "r 1" } }, "https://tidemark.test");
    expect(undo.plan).toContain("/api/v1/resets/r%201/undo'");
  });
});

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Positions } from "#lib/api/plans/positions.ts";
import { readCsv } from "#lib/client/format/read-csv.ts";
import { fileRefusals, fileTarget } from "#lib/client/positions/import-target.ts";
import { positionsToCsv, positionsToJson, readPositions } from "#lib/client/positions/positions-file.ts";
import { nastyNames } from "#tests/support/worlds/fixture-world.ts";

const exported: Positions = {
  fullyQualifiedNamespace: "contoso.servicebus.windows.net",
  eventHubName: "orders",
  createdOn: "2026-01-02T03:04:05.678Z",
  consumerGroup: "billing",
  store: "main",
  exportedAt: "2026-03-02T14:00:00.000Z",
  positions: [
    { partitionId: "0", nextSequenceNumber: 4_711, enqueuedAt: "2026-03-02T13:59:58.123Z" },
    { partitionId: "1", nextSequenceNumber: 9_007_199_254_740_991, enqueuedAt: null },
    { partitionId: "2", nextSequenceNumber: null, enqueuedAt: null },
  ],
};
const { fullyQualifiedNamespace, eventHubName, createdOn } = exported;
const here = { fullyQualifiedNamespace, eventHubName, createdOn };
const known = ["0", "1", "2", "3"];

async function imported(text: string) {
  const read = await readPositions(text);
  if ("problems" in read) throw new Error(read.problems.join("\n"));
  return read.file;
}

async function problems(text: string): Promise<string[]> {
  const read = await readPositions(text);
  return "problems" in read ? read.problems : [];
}

describe("exported positions", () => {
  it.each([
    ["CSV", positionsToCsv],
    ["JSON", positionsToJson],
  ])("are read back unchanged from %s", async (_, write) => {
    const { hub, positions, consumerGroup, exportedAt } = await imported(write(exported));
    expect(hub).toEqual(here);
    expect(positions).toEqual(exported.positions);
    expect([consumerGroup, exportedAt]).toEqual(["billing", exported.exportedAt]);
  });

  it.each(nastyNames)("keep a foreign name through CSV: %j", async (name) => {
    const file = await imported(positionsToCsv({ ...exported, consumerGroup: name }));
    expect(file.consumerGroup).toBe(name.trim());
  });

  it("are read from a spreadsheet's file with semicolons and a byte order mark", async () => {
    const text = `\uFEFF${positionsToCsv(exported).replaceAll(",", ";")}`;
    expect((await imported(text)).positions).toEqual(exported.positions);
  });
});

describe("a faulty file names the line", () => {
  it.each([
    ["partitionId,lag\n0,1", /^Line 1 must name the columns/],
    ["", /^Line 1 must name the columns/],
    ["partitionId,nextSequenceNumber\n0,12\n1,9.6E+06", /^Line 3: nextSequenceNumber is “9.6E\+06”/],
    ["partitionId,nextSequenceNumber\n0,-4", /^Line 2: nextSequenceNumber is “-4”/],
    ["partitionId,nextSequenceNumber\n0,99999999999999999", /^Line 2: nextSequenceNumber/],
    ["partitionId,nextSequenceNumber\n\n,12", /^Line 3: partitionId is missing/],
    ["partitionId,nextSequenceNumber\n0,2026-01-01T00:00:00Z", /^Line 2: nextSequenceNumber holds a time/],
    ["partitionId,enqueuedAt\n0,1767225600000", /^Line 2: enqueuedAt holds a number/],
    ["partitionId,enqueuedAt\n0,01.02.2026 10:00", /^Line 2: enqueuedAt is “01.02.2026 10:00”/],
    ["partitionId,nextSequenceNumber\n0,1\n0,2", /names partition 0 twice/],
    ["partitionId,nextSequenceNumber\n", /names no partition/],
    ['partitionId,nextSequenceNumber\n0,"1', /^Line 2: a quotation mark is never closed/],
    ['partitionId,nextSequenceNumber\n"0"x,1', /^Line 2: something stands after/],
    [
      "partitionId,nextSequenceNumber,fullyQualifiedNamespace,eventHubName,createdOn\n0,1,a,b,2026-01-01T00:00:00Z\n1,1,a,c,2026-01-01T00:00:00Z",
      /^Line 3 is of another hub than line 2/,
    ],
    ['{\n"fullyQualifiedNamespace": "a",\n}', /^The file is no valid JSON, from line 3 on/],
    [
      JSON.stringify({
        ...exported,
        positions: [{ partitionId: "0", nextSequenceNumber: "1", enqueuedAt: null }],
      }),
      /^At positions\[0\]\.nextSequenceNumber: /,
    ],
  ])("%j", async (text, problem) => {
    expect((await problems(text))[0]).toMatch(problem);
  });

  it("is refused when too large", async () => {
    expect(await problems("x".repeat(1_048_577))).toEqual(["The file is larger than 1 MiB."]);
    const many = Array.from({ length: 2_049 }, (_, id) => `${id},1`).join("\n");
    expect(await problems(`partitionId,nextSequenceNumber\n${many}`)).toEqual([
      "The file names more than 2048 partitions.",
    ]);
    const wrong = Array.from({ length: 100 }, (_, id) => `${id},x`).join("\n");
    expect(await problems(`partitionId,nextSequenceNumber\n${wrong}`)).toHaveLength(9);
  });

  it("gives at most a list of problems, for any content", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: fc.constantFrom(..."\"',;\n\r{}[]:0a-".split("")) }),
        async (text) => {
          const read = await readPositions(`partitionId,nextSequenceNumber\n${text}`);
          return "file" in read || read.problems.length > 0;
        },
      ),
    );
  });
});

describe("CSV", () => {
  it("reads quotes, line ends within them and empty lines, with line numbers", () => {
    expect(readCsv('a,b\r\n"x ""y""\nz",2\r\n\r\n3,')).toEqual([
      { line: 1, fields: ["a", "b"] },
      { line: 2, fields: ['x "y"\nz', "2"] },
      { line: 5, fields: ["3", ""] },
    ]);
  });
});

describe("an imported file as a target", () => {
  it("gives its positions on the hub that it came from, in any casing", async () => {
    const file = await imported(positionsToJson({ ...exported, eventHubName: "Orders" }));
    expect(fileTarget({ file, hub: here, known }, null)).toEqual({
      target: {
        kind: "positions",
        values: { 0: 4_711, 1: 9_007_199_254_740_991 },
        exportedFrom: { ...here, eventHubName: "Orders" },
      },
      within: ["0", "1"],
    });
  });

  it.each([
    ["another hub", { eventHubName: "telemetry" }, /is of orders on contoso.*this is telemetry on contoso/],
    [
      "one made anew",
      { createdOn: "2026-02-01T00:00:00.000Z" },
      /created at 2026-01-02.*created at 2026-02-01/,
    ],
  ])("gives only times on %s, with the reason", async (_, over, reason) => {
    const file = await imported(positionsToJson(exported));
    const choice = { file, hub: { ...here, ...over }, known };
    expect(fileRefusals(choice)).toEqual({ position: expect.stringMatching(reason), time: null });
    expect(fileTarget(choice, "position")).toEqual({
      target: { kind: "times", values: { 0: "2026-03-02T13:59:58.123Z" } },
      within: ["0"],
    });
  });

  it("is refused by position when it names no hub", async () => {
    const file = await imported("partitionId,nextSequenceNumber\n0,5");
    const choice = { file, hub: here, known };
    expect(fileRefusals(choice).position).toMatch(/does not say which hub/);
    expect(fileTarget(choice, null)).toEqual({ missing: "The file can't be used here." });
  });

  it("is refused when it names none of the partitions", async () => {
    const file = await imported(positionsToJson(exported));
    expect(fileTarget({ file, hub: here, known: ["9"] }, null)).toHaveProperty("missing");
  });
});

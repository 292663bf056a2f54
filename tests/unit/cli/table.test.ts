import { describe, expect, it } from "vitest";
import { type Column, renderTable } from "#lib/cli/output/table.ts";

interface Row {
  name: string;
  lag: number | null;
  owner: string;
}
const columns: Column<Row>[] = [
  { title: "NAME", name: "name", value: ({ name }) => name, isLong: true },
  { title: "LAG", name: "lag", value: ({ lag }) => lag, isNumber: true, tone: () => "stop" },
  { title: "OWNER", name: "owner", value: ({ owner }) => owner, isLong: true },
  { title: "MORE", name: "more", value: () => "more", isWide: true },
];
const rows: Row[] = [
  { name: "billing", lag: 1_200, owner: "6a74d7bd-7122-4b1e-9d7a-0d3ae24f5c11" },
  { name: "audit", lag: null, owner: "a" },
];
const plain = { isWide: false, paint: (text: string) => text };

describe("a table", () => {
  it("takes any width without a terminal, with figures on the right and a dash for unknowns", () => {
    expect(renderTable(columns, rows, { ...plain, columns: null })).toBe(
      [
        "NAME      LAG  OWNER",
        "billing  1200  6a74d7bd-7122-4b1e-9d7a-0d3ae24f5c11",
        "audit       —  a",
        "",
      ].join("\n"),
    );
  });

  it.each([60, 51, 50, 40, 26])("fits a terminal of %i columns, and cuts the longest text first", (width) => {
    const lines = renderTable(columns, rows, { ...plain, columns: width })
      .trimEnd()
      .split("\n");
    expect(Math.max(...lines.map((line) => [...line].length))).toBeLessThanOrEqual(width);
    expect(lines[1]).toContain("1200");
    expect(lines[1]?.includes("…")).toBe(width < 51);
  });

  it("shows wide columns on request, and adds colours after measuring", () => {
    const table = renderTable(columns, rows, {
      columns: null,
      isWide: true,
      paint: (text, tone) => `<${tone}${text}>`,
    });
    expect(table.split("\n")[1]).toMatch(/^billing {2}<stop1200> .* {2}more$/);
  });

  it("lets no foreign text steer the terminal", () => {
    const nasty = [{ name: "\u001b[2Jx\ny", lag: 0, owner: "\u202Eevil" }];
    const table = renderTable(columns, nasty, { ...plain, columns: null });
    for (const mark of ["\u001b", "\u202E"]) expect(table).not.toContain(mark);
    expect(table.split("\n")).toHaveLength(3);
  });
});

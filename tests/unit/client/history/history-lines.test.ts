import { expect, it } from "vitest";
import { linesToAsk, readLines } from "#lib/client/history/history-lines.ts";

const known = ["0", "1", "2", "3"];
const asked = (text: string | null) => linesToAsk(readLines(text, known), known);

it("shows the sum, the furthest behind, one partition instead of the sum, or several besides it", () => {
  expect(asked(null)).toEqual({});
  expect(asked("top")).toEqual({ partitions: "all" });
  expect(asked("3")).toEqual({ partition: "3" });
  expect(asked("3,0-1")).toEqual({ partitions: "0,1,3" });
  expect(asked("0-3")).toEqual({ partitions: "all" });
});

it("reports parts of the address that name nothing, and shows the rest", () => {
  expect(readLines("2,9", known)).toEqual({
    kind: "some",
    ids: ["2"],
    problems: ["There is no partition 9: there are 0 to 3."],
  });
  expect(readLines("nine", known)).toMatchObject({ kind: "sum", ids: [] });
  expect(asked("nine")).toEqual({});
});

import { describe, expect, it } from "vitest";
import type { PlannedWrite } from "#lib/history/resets/plan-record.ts";
import { judgeStream } from "#lib/reset/apply/judge-entry.ts";
import { plannedWrite } from "#tests/support/plan-record.ts";
import { hubReading, properties } from "#tests/support/sources.ts";

describe("the stream just before a write", () => {
  const judged = (write: Partial<PlannedWrite>, begin: number, last: number, isEmpty = false) => {
    const partition = properties("0", {
      beginningSequenceNumber: begin,
      lastEnqueuedSequenceNumber: last,
      isEmpty,
    });
    const hub = hubReading([partition]);
    return judgeStream(plannedWrite("0", write), hub.createdOn, hub)?.message ?? null;
  };
  const event99 = { sequenceNumber: 99, offset: "6336" };

  it.each([
    ["the event of the offset is there", judged(event99, 99, 199), null],
    ["it has just left", judged(event99, 100, 199), "Event 99, after which the group was to go on"],
    ["so has the next one", judged(event99, 101, 199), "Event 100, at which the group was to go on"],
    ["it has left, and was the last one", judged(event99, 100, 99, true), null],
    ["the start is written, and is there still", judged({ ...event99, offset: "-1" }, 100, 199), null],
  ])("is judged where %s", (_, message, expected) => {
    if (expected === null) expect(message).toBeNull();
    else expect(message).toContain(expected);
  });
});

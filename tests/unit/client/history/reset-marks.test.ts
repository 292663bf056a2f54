import { expect, it } from "vitest";
import type { RequestedTarget, Resets } from "#lib/api/resets.ts";
import { resetMarks } from "#lib/client/history/reset-marks.ts";
import { utcTimes } from "#lib/client/history/time-axis.ts";

function reset(id: string, startedAt: string, target: RequestedTarget): Resets["resets"][number] {
  return {
    id,
    planId: "p",
    hub: "orders",
    group: "billing",
    store: "main",
    mode: "offline",
    target,
    state: "done",
    actor: "anna",
    startedAt,
    endedAt: null,
    watchedUntil: null,
    reason: null,
  };
}

it("stands where the reset began, oldest first, and leads to it", () => {
  const marks = resetMarks(
    {
      resets: [
        reset("b/2", "2026-03-01T12:00:00.000Z", { kind: "latest" }),
        reset("a", "2026-03-01T11:00:00.000Z", { kind: "earliest" }),
      ],
    },
    utcTimes,
  );
  expect(marks).toEqual([
    { id: "a", at: Date.UTC(2026, 2, 1, 11), label: "earliest by anna", actor: "anna", path: "/resets/a" },
    {
      id: "b/2",
      at: Date.UTC(2026, 2, 1, 12),
      label: "latest by anna",
      actor: "anna",
      path: "/resets/b%2F2",
    },
  ]);
});

it.each<[RequestedTarget, string]>([
  [{ kind: "sequenceNumber", value: 48_200 }, "event 48,200"],
  [{ kind: "time", value: "2026-03-01T14:30:00+02:00" }, "2026-03-01 12:30:00 UTC"],
  [{ kind: "ago", seconds: 7_200 }, "2 h ago"],
  [{ kind: "shift", by: -1 }, "1 event back"],
  [{ kind: "shift", by: 20 }, "20 events ahead"],
  [{ kind: "group", name: "audit" }, "position of audit"],
  [{ kind: "positions", values: {} }, "a position for each partition"],
  [{ kind: "times", values: {} }, "a file's times"],
  [{ kind: "undo", resetId: "a" }, "undo"],
])("names the target %j", (target, label) => {
  const [mark] = resetMarks({ resets: [reset("a", "2026-03-01T12:00:00.000Z", target)] }, utcTimes);
  expect(mark?.label).toBe(`${label} by anna`);
});

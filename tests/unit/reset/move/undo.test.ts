import { describe, expect, it } from "vitest";
import { reason } from "#lib/api/reasons/reason.ts";
import type { ResetRecord } from "#lib/history/resets/reset-record.ts";
import { offsetOf } from "#tests/support/fixtures/model-place.ts";
import { plannedWrite } from "#tests/support/fixtures/plan-record.ts";
import { like } from "#tests/support/fixtures/reasons.ts";
import { checkpoint, noon, ownership } from "#tests/support/fixtures/sources.ts";
import { entry, before as image, now, undo } from "../undone.ts";

const blobName = "contoso.servicebus.windows.net/orders/billing/checkpoint/0";
const made = entry({ before: null, write: plannedWrite("0", { blobName }) });
const move = {
  target: { kind: "move", from: { group: "billing", store: "old" }, overwrite: [] },
} as Partial<ResetRecord>;

it("deletes what a move made, unless somebody has written it since or it is gone", async () => {
  const standing = { ...now, blobName, etag: "2" };
  const untouched = await undo([made], standing, { reset: move });
  expect(untouched.first).toMatchObject({ blockedBy: null, removes: true, warnings: [like("madeByMove")] });
  expect(untouched.write).toMatchObject({ act: "remove", blobName, etag: "2" });
  const touched = await undo([made], { ...standing, etag: "3" }, { reset: move });
  expect([touched.first.blockedBy, touched.write]).toEqual([like("moveTouched", { blobName }), null]);
  const gone = await undo([made], { ...standing, partitionId: "1" }, { reset: move });
  expect([gone.first.blockedBy, gone.write]).toEqual([like("madeIsGone", { blobName }), null]);
});

it("deletes what a move made although its write arrived after the end, or nobody knows that it did", async () => {
  const written = { updatedAt: noon, sequenceNumber: 119, offset: offsetOf(119) };
  const late = entry({ ...made, after: { etag: "", ...written } });
  const unknown = entry({ ...made, result: "unknown", after: null });
  for (const one of [late, unknown]) {
    const standing = { ...now, blobName, etag: "5" };
    const signed = await undo([one], { ...standing, writtenBy: "tidemark/r1/0" }, { reset: move });
    expect(signed.write).toMatchObject({ act: "remove", blobName, etag: "5" });
    for (const writtenBy of [null, "tidemark/r2/0", "billing-1"]) {
      const touched = await undo([one], { ...standing, writtenBy }, { reset: move });
      expect([touched.first.blockedBy, touched.write]).toEqual([like("moveTouched", { blobName }), null]);
    }
  }
});

it("says where it can't restore the former checkpoint as it was, and its own undo is one of a move all the same", async () => {
  const standing = { ...now, blobName, etag: "2" };
  const own = plannedWrite("0", { blobName });
  const exact = await undo([entry({ write: own })], standing, { reset: move });
  expect(exact.write).toMatchObject({ act: "restore", undoesMove: true });
  expect(exact.first.warnings).toEqual([]);
  for (const former of [{ offset: "None" }, { offset: null }, { sequenceNumber: 99 }]) {
    const anew = await undo([entry({ write: own, before: image(former) })], standing, { reset: move });
    expect(anew.first.warnings).toContainEqual(reason("positionRestoredAlone"));
    expect([anew.write?.act, anew.write?.undoesMove]).toEqual([undefined, true]);
  }
  const again = entry({ write: { ...own, undoesMove: true }, before: image({ metadata: { Offset: "1" } }) });
  expect((await undo([again], standing)).write).toMatchObject({
    act: "restore",
    metadata: { Offset: "1" },
  });
});

describe("the undo of a move while the group runs on another partition", () => {
  const owners = [ownership("1", "worker-1", noon + 3_599_000)];
  const because = expect.objectContaining({ code: "partitionOwned" });
  const running = like("groupRunning", { partitions: 1, because });
  const standing = { ...now, blobName, etag: "2" };
  const replaced = entry({ write: plannedWrite("0", { blobName }) });

  it.each([
    ["deletes nothing", made, move],
    ["restores nothing", replaced, move],
    [
      "restores nothing that an undo deleted",
      entry({ write: plannedWrite("0", { blobName, act: "remove" }) }),
      {},
    ],
    ["writes no position", entry({ ...replaced, before: image({ offset: "None" }) }), move],
  ])("%s", async (_, undone, of) => {
    const { first, write } = await undo([undone], standing, { reset: of, owners });
    expect([first.blockedBy, write]).toEqual([running, null]);
    const released = [ownership("1", "", noon + 3_599_000)];
    const stopped = await undo([undone], standing, { reset: of, owners: released });
    expect([stopped.first.blockedBy, stopped.write?.partitionId]).toEqual([null, "0"]);
  });

  it("tells the group's processor from what the undone reset itself restored a moment ago", async () => {
    const justNow = { writtenBy: null, updatedAt: noon + 3_599_000 };
    const restored = (id: string, etag: string) => ({ ...checkpoint(id, 149), ...justNow, etag });
    const [first, second] = (["0", "1"] as const).map((id) =>
      entry({
        partitionId: id,
        write: plannedWrite(id, { act: "restore", blobName: restored(id, "2").blobName }),
        before: image({ sequenceNumber: 119, offset: offsetOf(119) }),
        after: { etag: "2", updatedAt: noon + 3_599_000, sequenceNumber: 149, offset: offsetOf(149) },
      }),
    );
    if (first === undefined || second === undefined) throw new Error("Both partitions were restored.");
    const undone = await undo([first, second], restored("0", "2"), { others: [restored("1", "2")] });
    expect(undone.plan.entries.map(({ blockedBy }) => blockedBy)).toEqual([null, null]);
    const foreign = await undo([first, second], restored("0", "2"), { others: [restored("1", "3")] });
    expect(foreign.plan.entries.map(({ blockedBy }) => blockedBy?.code)).toEqual([
      "groupRunning",
      "checkpointJustWritten",
    ]);
  });

  it("leaves the undo of any other reset to its own partitions", async () => {
    const { first, write } = await undo([entry()], now, { owners });
    expect([first.blockedBy, write?.sequenceNumber]).toEqual([null, 149]);
  });
});

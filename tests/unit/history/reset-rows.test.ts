import { expect, it } from "vitest";
import { reason, toWire } from "#lib/api/reasons/reason.ts";
import { toStoredText } from "#lib/api/reasons/stored.ts";
import { toEntry } from "#lib/history/resets/rows.ts";

const row = {
  reset_id: "r1",
  partition_id: "0",
  ordinal: 0,
  planned: null,
  after_image: null,
  live: null,
  result: "written",
  message: null,
};

it("finds the last owner of an entry in its image, where older versions kept it", () => {
  const image = { blobName: "b", etag: "1", lastOwnerId: "p1" };
  const old = toEntry({ ...row, before_image: JSON.stringify(image), last_owner_id: null });
  expect(old).toMatchObject({ before: { blobName: "b", etag: "1" }, lastOwnerId: "p1" });
  expect(old.before).not.toHaveProperty("lastOwnerId");
  const none = toEntry({ ...row, before_image: null, last_owner_id: "p2" });
  expect([none.before, none.lastOwnerId]).toEqual([null, "p2"]);
});

it("stores a reason with its sentence, and reads plain sentences of version 0.1.0", () => {
  const read = (message: string | null) =>
    toEntry({ ...row, before_image: null, last_owner_id: null, message }).reason;
  const why = reason("notBegun", {
    because: reason("wentPastTarget", { sequenceNumber: 9, targetSequenceNumber: 4 }),
  });
  expect(read(toStoredText(why))).toEqual(why);
  expect(read(null)).toBeNull();
  expect(read("It timed out.")).toEqual(reason("recorded", { text: "It timed out." }));
  expect(read("{torn")).toEqual(reason("recorded", { text: "{torn" }));
  // A later version's code, or changed params.
  const later = { ...toWire(why), code: "neverHeardOf" };
  expect(read(JSON.stringify(later))).toEqual(reason("recorded", { text: later.message }));
  const changed = { ...toWire(why), params: { since: 7 } };
  expect(read(JSON.stringify(changed))).toEqual(reason("recorded", { text: changed.message }));
});

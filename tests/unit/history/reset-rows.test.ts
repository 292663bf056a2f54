import { expect, it } from "vitest";
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

it("knows the last owner of an entry that was kept when its image still told it", () => {
  const image = { blobName: "b", etag: "1", lastOwnerId: "p1" };
  const old = toEntry({ ...row, before_image: JSON.stringify(image), last_owner_id: null });
  expect(old).toMatchObject({ before: { blobName: "b", etag: "1" }, lastOwnerId: "p1" });
  expect(old.before).not.toHaveProperty("lastOwnerId");
  const none = toEntry({ ...row, before_image: null, last_owner_id: "p2" });
  expect([none.before, none.lastOwnerId]).toEqual([null, "p2"]);
});

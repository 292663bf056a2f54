import { describe, expect, it } from "vitest";
import { like } from "#tests/support/fixtures/reasons.ts";
import { noon } from "#tests/support/fixtures/sources.ts";
import { billing, diagnosed, reading, store } from "./diagnosed.ts";

describe("a container", () => {
  it("has blobs that look like a layout without names, unless another store claims them", async () => {
    const unclaimed = [
      { folder: "", partitionIds: ["0", "1", "31"] },
      { folder: "hosts/archive/", partitionIds: ["0"] },
    ];
    const { check } = await diagnosed({ store: async () => reading([billing], { unclaimed }) });
    expect(check("unclaimed/main")?.state).toBe("warn");
    expect(check("unclaimed/main")?.detail.params).toEqual({
      folders: [
        { folder: "", first: "0", last: "31" },
        { folder: "hosts/archive/", first: "0", last: "0" },
      ],
      more: 0,
    });
    const stores = [{ ...store, claimedElsewhere: [""] }];
    const claimed = await diagnosed({
      store: async () => reading([billing], { unclaimed }),
      config: { stores },
    });
    expect(claimed.check("unclaimed/main")?.state).toBe("pass");
  });

  it("has another clock, or an account that keeps what is overwritten", async () => {
    const slow = await diagnosed({ store: async () => ({ ...reading(), heardAt: noon - 42_000 }) });
    expect(slow.check("clock/main")).toMatchObject({
      state: "warn",
      detail: like("clocksDiffer", { aheadSeconds: -42, isSevere: false }),
    });
    const off = await diagnosed({ store: async () => ({ ...reading(), heardAt: noon + 3_600_000 }) });
    expect(off.check("clock/main")).toMatchObject({
      state: "fail",
      detail: like("clocksDiffer", { isSevere: true }),
    });
    const kept = await diagnosed({
      store: async () => reading([billing], { softDeleteDays: 7, keepsVersions: true }),
    });
    expect(kept.check("blobRetention/main")).toMatchObject({
      state: "warn",
      detail: like("oldCheckpointsKept", { softDeleteDays: 7, keepsVersions: true }),
    });
    const unseen = await diagnosed({
      store: async () => reading([billing], { softDeleteDays: null, keepsVersions: null }),
    });
    expect(unseen.check("blobRetention/main")).toMatchObject({
      state: "skipped",
      detail: like("settingsNotSeen", { off: [], unseen: ["soft delete", "versioning"] }),
    });
    const half = await diagnosed({ store: async () => reading([billing], { keepsVersions: null }) });
    expect(half.check("blobRetention/main")).toMatchObject({
      state: "skipped",
      detail: like("settingsNotSeen", { off: ["soft delete"], unseen: ["versioning"] }),
    });
  });
});

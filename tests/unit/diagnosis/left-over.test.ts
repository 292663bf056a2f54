import { describe, expect, it } from "vitest";
import { AppError } from "#lib/core/app-error.ts";
import { like } from "#tests/support/fixtures/reasons.ts";
import { checkpoint, misnamed, noon, ownership, storedGroup } from "#tests/support/fixtures/sources.ts";
import { billing, diagnosed, reading } from "./diagnosed.ts";

const dayMs = 86_400_000;
const gone = storedGroup("gone", [{ ...checkpoint("0", 5, noon - 8 * dayMs), sizeBytes: 120 }]);

describe("what could be cleaned up", () => {
  it("is listed with why, size and age", async () => {
    const partly = storedGroup(
      "billing",
      [checkpoint("0", 89), { ...checkpoint("31", 5, noon - 3_600_000), sizeBytes: 0 }],
      [{ ...ownership("0", null, noon - 60_000), sizeBytes: 0 }],
    );
    const { check } = await diagnosed({ store: async () => reading([partly, gone]) });
    const found = check("cleanup/main");
    expect([found?.state, found?.remedy?.code]).toEqual(["warn", "cleanUpGroups"]);
    expect(found?.detail).toEqual(
      like("blobsLeftOver", {
        blobs: 3,
        groups: ["billing", "gone"],
        bytes: 120,
        oldestSeconds: (8 * dayMs) / 1_000,
        asksGroups: true,
        knowsMoves: true,
      }),
    );
    expect(found?.items).toEqual([
      "ns/hub/group/checkpoint/31: its partition is gone; 0 bytes; not changed for 1 h.",
      "ns/hub/group/ownership/0: it names no owner; 0 bytes; not changed for 1 m.",
      "ns/hub/group/checkpoint/0: its group is gone; 120 bytes; not changed for 8 d.",
    ]);
  });

  it("is one line for each folder and reason, with the ranges of the partitions", async () => {
    const [oldest, newest] = [noon - 9 * dayMs, noon - 8 * dayMs];
    const blobs = ["7", "0", "1", "2", "10"].map((id) => ({
      ...checkpoint(id, 5, id === "0" ? oldest : newest),
      sizeBytes: 100,
    }));
    const owners = ["0", "1"].map((id) => ({ ...ownership(id, "a", newest), sizeBytes: 0 }));
    const { check } = await diagnosed({ store: async () => reading([storedGroup("gone", blobs, owners)]) });
    expect(check("cleanup/main")?.detail).toEqual(like("blobsLeftOver", { blobs: 7 }));
    expect(check("cleanup/main")?.items).toEqual([
      "ns/hub/group/checkpoint/0-2,7,10: their group is gone; 5 blobs; 500 bytes; not changed for 8 d to 9 d.",
      "ns/hub/group/ownership/0,1: their group is gone; 2 blobs; 0 bytes; not changed for 8 d.",
    ]);
  });

  it("counts the blobs that a refresh does not name", async () => {
    const full = { ...billing, misnamed: [misnamed("a/b")], misnamedMore: 30 };
    const { check } = await diagnosed({ store: async () => reading([full]) });
    expect(check("cleanup/main")?.detail).toEqual(like("blobsLeftOver", { blobs: 31, bytes: null }));
    expect(check("unreadableBlobs/main")?.detail).toEqual(like("blobsBroken", { blobs: 31 }));
  });

  it("has no size where one is not known", async () => {
    const { check } = await diagnosed({
      store: async () => reading([storedGroup("billing", [checkpoint("31", 5)])]),
    });
    expect(check("cleanup/main")?.detail.params).toMatchObject({ bytes: null });
    expect(check("cleanup/main")?.items[0]).not.toContain("byte");
  });

  it("leaves out what a reset repairs, and a group that has not rested for a week", async () => {
    const broken = {
      ...checkpoint("0", 0),
      sequenceNumber: null,
      unreadable: "it is torn",
      stopsGroup: true,
    };
    const fresh = storedGroup("gone", [checkpoint("0", 5, noon - 7 * dayMs + 1)]);
    const { check } = await diagnosed({
      store: async () => reading([storedGroup("billing", [broken]), fresh]),
    });
    expect(check("cleanup/main")).toMatchObject({
      state: "pass",
      detail: like("nothingLeftOver"),
    });
  });

  it("has what recorded moves left behind in this store, and does not pass while they are not known", async () => {
    const blob = (blobName: string, over = {}) => ({ ...checkpoint("0", 89), blobName, ...over });
    const [old, made] = ["ns/hub/billing/0", "ns/hub/billing/checkpoint/0"];
    const moved = storedGroup("billing", [blob(made)]);
    moved.superseded.push(
      blob(old, { format: "functions", etag: "old", updatedAt: noon - 3_600_000, sizeBytes: 80 }),
    );
    const store = async () => reading([moved]);
    const left = new Map([[old, { etag: "old", madeBlobName: made }]]);
    const known = await diagnosed({ store, leftBehind: new Map([["main", left]]) });
    expect(known.check("cleanup/main")).toMatchObject({
      state: "warn",
      detail: like("blobsLeftOver", { blobs: 1, groups: ["billing"], knowsMoves: true }),
      items: [`${old}: a move left it behind; 80 bytes; not changed for 1 h.`],
    });
    const elsewhere = await diagnosed({ store, leftBehind: new Map([["other", left]]) });
    expect(elsewhere.check("cleanup/main")?.state).toBe("pass");
    const unknown = await diagnosed({ store, leftBehind: null });
    expect(unknown.check("cleanup/main")).toMatchObject({ state: "skipped", detail: like("movesNotKnown") });
    const more = await diagnosed({ store: async () => reading([moved, gone]), leftBehind: null });
    expect(more.check("cleanup/main")?.detail).toEqual(
      like("blobsLeftOver", { blobs: 1, groups: ["gone"], knowsMoves: false }),
    );
  });

  it("does not pass where nobody lists the groups, and names no group gone then", async () => {
    const fault = { code: "azureUnauthorized" as const, message: "No rights." };
    const catalogs = [null, { consumerGroups: async () => ["billing"], fault: () => fault }];
    for (const catalog of catalogs) {
      const { check } = await diagnosed({
        store: async () => reading([billing, gone]),
        monitored: { catalog },
      });
      expect(check("cleanup/main")).toMatchObject({ state: "skipped", detail: like("goneGroupsNotSeen") });
    }
  });

  it("does not pass where the hub could not be read", async () => {
    const { check } = await diagnosed({
      hub: () => Promise.reject(new AppError("azureTimeout", "It took too long.")),
    });
    expect(check("cleanup/main")).toMatchObject({ state: "skipped", detail: like("hubNotRead") });
  });
});

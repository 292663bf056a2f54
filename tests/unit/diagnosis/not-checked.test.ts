import { describe, expect, it } from "vitest";
import { notCheckedReasons } from "#lib/api/reasons/checks/not-checked.ts";
import { AppError } from "#lib/core/app-error.ts";
import { like } from "#tests/support/fixtures/reasons.ts";
import { checkpoint, storedGroup } from "#tests/support/fixtures/sources.ts";
import { billing, diagnosed, failing, one, reading, store } from "./diagnosed.ts";

const error = new AppError("azureTimeout", "Partition 1 took too long.");
const halfRead = { ...one, partitions: [...one.partitions, { partitionId: "1", properties: null, error }] };

describe("an unchecked check does not pass", () => {
  it("when a container is empty", async () => {
    const { check, off } = await diagnosed({
      store: async () => reading([]),
      config: { consumerGroups: [] },
    });
    expect(off).toEqual([
      ["prefix/main", "warn"],
      ["formats/main", "skipped"],
      ["unreadableBlobs/main", "skipped"],
      ["duplicateTrees/main", "skipped"],
      ["cleanup/main", "skipped"],
      ["configuredGroups", "skipped"],
      ["aheadOfHub", "skipped"],
    ]);
    expect(check("formats/main")?.detail).toEqual(
      like("noLayoutSeen", { formats: ["common", "functions", "dapr"] }),
    );
  });

  it("when a store was added after the last refresh", async () => {
    const stores = [store, { ...store, id: "new", containerName: "new" }];
    const { checks } = await diagnosed({ config: { stores } });
    const ofNew = checks.filter((check) => check.store === "new");
    expect(ofNew).toHaveLength(10);
    for (const { state, detail } of ofNew) {
      expect(state).toBe("skipped");
      expect(Object.keys(notCheckedReasons)).toContain(detail.code);
    }
  });

  it("when the container has more than was looked at, unless something was found", async () => {
    const partly = await diagnosed({ store: async () => reading([billing], { isComplete: false }) });
    expect(partly.check("unclaimed/main")).toMatchObject({
      state: "skipped",
      detail: like("lookedAroundInPart"),
    });
    const unclaimed = [{ folder: "", partitionIds: ["0"] }];
    const found = await diagnosed({
      store: async () => reading([billing], { isComplete: false, unclaimed }),
    });
    expect(found.check("unclaimed/main")?.state).toBe("warn");
  });

  it("when nobody has surveyed the container", async () => {
    const { off } = await diagnosed({ store: async () => ({ ...reading(), survey: null }) });
    expect(off).toEqual([
      ["unclaimed/main", "skipped"],
      ["blobRetention/main", "skipped"],
    ]);
  });

  it("when a configured group may be in a store that was not read", async () => {
    const stores = [store, { ...store, id: "other" }];
    const wanted = { stores, consumerGroups: ["billing", "archive"] };
    const { check } = await diagnosed({ config: wanted });
    expect(check("configuredGroups")).toMatchObject({
      state: "warn",
      detail: like("configuredGroupsUnseen", { groups: ["archive"], unreadStores: ["other"] }),
    });
    const { check: blind } = await diagnosed({ store: failing("azureUnreachable") });
    expect(blind("configuredGroups")).toMatchObject({
      state: "skipped",
      detail: like("noStoreRead"),
    });
    const found = await diagnosed({ config: { stores, consumerGroups: ["billing"] } });
    expect(found.check("configuredGroups")?.state).toBe("pass");
  });

  it("when not every checkpoint could be compared with the hub", async () => {
    const group = storedGroup("billing", [checkpoint("0", 89), checkpoint("1", 5)]);
    const half = await diagnosed({ hub: async () => halfRead, store: async () => reading([group]) });
    expect(half.check("aheadOfHub")).toMatchObject({
      state: "skipped",
      detail: like("notAllCompared", { missing: 1, checkpoints: 2 }),
    });
    const whole = await diagnosed({ hub: async () => halfRead });
    expect(whole.check("aheadOfHub")?.state).toBe("pass");
    const none = await diagnosed({ hub: failing("azureUnreachable"), store: async () => reading([group]) });
    expect(none.check("aheadOfHub")?.state).toBe("skipped");
  });

  it("but tells a problem even if the rest could not be checked", async () => {
    const group = storedGroup("billing", [checkpoint("0", 1_000_000), checkpoint("1", 5)]);
    const { check } = await diagnosed({ hub: async () => halfRead, store: async () => reading([group]) });
    expect(check("aheadOfHub")).toMatchObject({ state: "fail", items: ["billing / 0"] });
  });
});

import { describe, expect, it } from "vitest";
import { like } from "#tests/support/fixtures/reasons.ts";
import { catalog, diagnosed } from "./diagnosed.ts";

describe("groups", () => {
  it("are reported when configured but never seen", async () => {
    const { check } = await diagnosed({ config: { consumerGroups: ["Billing", "bilings"] } });
    expect(check("configuredGroups")).toMatchObject({
      state: "warn",
      detail: like("configuredGroupsUnseen", { groups: ["bilings"], others: ["billing"], unreadStores: [] }),
    });
  });

  it("for inspection are reported when missing, or when configured but absent", async () => {
    const none = await diagnosed({ config: { inspectionConsumerGroup: null } });
    expect(none.check("inspectionGroup")).toMatchObject({ state: "warn" });
    const there = await diagnosed();
    expect(there.check("inspectionGroup")).toMatchObject({
      state: "pass",
      detail: like("inspectionGroupExists"),
    });
    const unasked = await diagnosed({ monitored: { catalog: null } });
    expect(unasked.check("inspectionGroup")).toMatchObject({
      state: "skipped",
      detail: like("groupNotAsked"),
    });
    expect(unasked.check("resourceManager")?.state).toBe("skipped");
    const gone = await diagnosed({
      monitored: { catalog: { ...catalog, consumerGroups: async () => ["a"] } },
    });
    expect(gone.check("inspectionGroup")).toMatchObject({ state: "fail" });
  });

  it("that Azure does not list give a note and no failure", async () => {
    const fault = { code: "azureUnauthorized" as const, message: "Give this identity the role Reader." };
    const refused = { consumerGroups: async () => [], fault: () => fault };
    const { off, check } = await diagnosed({ monitored: { catalog: refused } });
    expect(off).toEqual([
      ["cleanup/main", "skipped"],
      ["inspectionGroup", "skipped"],
      ["resourceManager", "warn"],
    ]);
    expect(check("resourceManager")?.detail).toEqual(like("checkFailed", { errorCode: "azureUnauthorized" }));
  });
});

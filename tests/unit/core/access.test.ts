import { describe, expect, it } from "vitest";
import { type Grant, isAtLeast, roleAt, roleEverywhere } from "#lib/core/access.ts";

const viewer = (hubs: string[], groups = ["*"]): Grant => ({ role: "viewer", hubs, groups });

describe("patterns", () => {
  it("compare hubs with case, and groups without", () => {
    expect(roleAt([viewer(["Ord*"])], { hub: "orders" })).toBeNull();
    expect(roleAt([viewer(["ord*"])], { hub: "orders" })).toBe("viewer");
    expect(roleAt([viewer(["*"], ["Bill*"])], { hub: "orders", group: "BILLING" })).toBe("viewer");
  });
});

describe("roles", () => {
  const grants: Grant[] = [viewer(["*"]), { role: "admin", hubs: ["orders"], groups: ["billing"] }];

  it("are the highest that holds at a place", () => {
    expect(roleAt(grants, { hub: "orders", group: "billing" })).toBe("admin");
    expect(roleAt(grants, { hub: "orders", group: "mail" })).toBe("viewer");
    expect(roleAt(grants, { hub: "stock", group: "billing" })).toBe("viewer");
    expect(roleAt([], { hub: "orders" })).toBeNull();
  });

  it("act on a whole hub only if they cover all of its groups", () => {
    expect(roleAt(grants, { hub: "orders" })).toBe("viewer");
    expect(roleAt([{ role: "admin", hubs: ["orders"], groups: ["billing"] }], { hub: "orders" })).toBe(
      "viewer",
    );
    expect(roleAt([{ role: "admin", hubs: ["o*"], groups: ["*"] }], { hub: "orders" })).toBe("admin");
  });

  it("hold everywhere only if nothing limits them", () => {
    expect(roleEverywhere(grants)).toBe("viewer");
    expect(roleEverywhere([{ role: "admin", hubs: ["*"], groups: ["a*"] }])).toBeNull();
    expect(isAtLeast(null, "viewer")).toBe(false);
    expect(isAtLeast("admin", "operator")).toBe(true);
    expect(isAtLeast("viewer", "operator")).toBe(false);
  });
});

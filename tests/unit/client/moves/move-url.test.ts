import { describe, expect, it } from "vitest";
import { chooseMove, moveAgainPath } from "#lib/client/moves/move-url.ts";
import { fixturePlan } from "#tests/support/fixtures/fixture-resets.ts";

const nothing = { partitions: null, format: null, toHub: null, toStore: null, toGroup: null };
const known = ["0", "1", "2"];

describe("the request for a move", () => {
  it("covers all partitions within the group unless chosen otherwise", () => {
    expect(chooseMove(nothing, known)).toEqual({ request: { partitions: "all", to: {}, overwrite: [] } });
    expect(
      chooseMove(
        { partitions: "1-2", format: "functions", toHub: "refunds", toStore: "new", toGroup: " next " },
        known,
      ),
    ).toEqual({
      request: {
        partitions: ["1", "2"],
        to: { hub: "refunds", store: "new", group: "next" },
        format: "functions",
        overwrite: [],
      },
    });
  });

  it("reports what is missing or wrong", () => {
    expect(chooseMove({ ...nothing, partitions: "" }, known)).toHaveProperty("missing");
    expect(chooseMove({ ...nothing, partitions: "7" }, known)).toHaveProperty("missing");
    expect(chooseMove({ ...nothing, toGroup: " " }, known)).toHaveProperty("missing");
  });
});

it("returns to the moved group with the choice", () => {
  const target = {
    kind: "move" as const,
    from: { group: "billing", store: "main" },
    format: "eph" as const,
    overwrite: [],
  };
  const within = fixturePlan([], { group: "Billing", store: "main", target });
  expect(moveAgainPath(within, target)).toMatch(/consumer-groups\/billing\/move\?store=main&.*format=eph$/);
  const away = moveAgainPath(fixturePlan([], { group: "next", store: "new", target }), target);
  expect(away).toContain("toStore=new&toGroup=next");
});

import { expect, it } from "vitest";
import { movePreviewBodySchema } from "#lib/api/plans/moves.ts";

const read = (group: string) => movePreviewBodySchema.safeParse({ partitions: "all", to: { group } });

it("takes any consumer group's name to move to, in any script and casing", () => {
  for (const group of ["$Default", "billing-2_a.b", "Größe", "x".repeat(256)])
    expect(read(group).data?.to.group).toBe(group);
  expect(read(" billing\n").data?.to.group).toBe("billing");
});

it.each(["", " ", "a/b", "a\\b", ".", "..", "a b", "a\nb", "a\u0000b", "a\u200bb", "x".repeat(257)])(
  "takes no name whose blobs nobody would find, or that leads elsewhere: %j",
  (group) => {
    const { error } = read(group);
    expect(error?.issues.map(({ path }) => path.join("."))).toContain("to.group");
  },
);

import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { operationOf } from "#lib/api/reasons/operation.ts";
import { reason, toWire } from "#lib/api/reasons/reason.ts";
import { planToldAt } from "#lib/api/reasons/told-elsewhere.ts";
import type { ResetPlan } from "#lib/api/resets.ts";
import { commands } from "#lib/cli/declarations.ts";
import type { CommandDeclaration } from "#lib/cli/declared/declaration.ts";
import { optionOfField, withOptions } from "#lib/cli/output/shell-words.ts";

const target = { kind: "move" as const, from: { group: "billing", store: "old" }, overwrite: [] };
const occupied = reason("targetOccupied", { blobName: "ns/hub/billing/checkpoint/0", sequenceNumber: 7 });

function told(message?: string): string | undefined {
  const wire = toWire(occupied, operationOf({ target }));
  const blockedBy = message === undefined ? wire : { ...wire, message };
  const plan = {
    target,
    blockedBy: null,
    warnings: [],
    entries: [{ partitionId: "0", blockedBy, warnings: [] }],
  };
  return planToldAt("shell", plan as unknown as ResetPlan).entries[0]?.blockedBy?.message;
}

it("names the option where the page says what to select, and leaves what another version says", () => {
  expect(told()).toMatch(/^The target already has .* Name the partition in --overwrite to replace it\.$/);
  expect(told("Something newer.")).toBe("Something newer.");
});

it("names the option for a field of a request", () => {
  expect(withOptions("body to.store: must not be blank; body partitions.3: is too long.")).toBe(
    "--to-store: must not be blank; --partitions: is too long.",
  );
  expect(withOptions("body somethingElse: is wrong.")).toBe("body somethingElse: is wrong.");
});

it("knows the option of each field that a refusal names", () => {
  const flags = Object.values<CommandDeclaration>(commands).flatMap(({ options }) =>
    options.map((option) => option.flags.split(" ")[0]),
  );
  for (const option of Object.values(optionOfField)) expect(flags).toContain(option);
  const root = join(import.meta.dirname, "../../..");
  const fields = globSync("lib/{server,reset}/**/*.ts", { cwd: root }).flatMap((file) =>
    [...readFileSync(join(root, file), "utf8").matchAll(/["`]((?:body|query) [A-Za-z.]+):/g)].map(
      ([, field = ""]) => field,
    ),
  );
  expect(fields.length).toBeGreaterThan(5);
  for (const field of fields) expect(Object.keys(optionOfField)).toContain(field);
});

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
  expect(withOptions("to.store must not be empty. partitions.3 is missing.")).toBe(
    "--to-store must not be empty. --partitions is missing.",
  );
  expect(withOptions("somethingElse is missing.")).toBe("somethingElse is missing.");
});

const root = join(import.meta.dirname, "../../..");
/** The sentences of refusals that are written by hand, beside those of the schemas. */
const refusals = globSync("lib/{server,reset}/**/*.ts", { cwd: root }).flatMap((file) =>
  [...readFileSync(join(root, file), "utf8").matchAll(/AppError\(\s*"invalidRequest",\s*["`]([^\n]+)/g)].map(
    ([, sentence = ""]) => sentence,
  ),
);

it("finds refusals of fields in plain sentences, as the schemas' own are", () => {
  expect(refusals.length).toBeGreaterThan(10);
  expect(refusals.filter((sentence) => /^[a-z]+( [a-zA-Z.]+)?:/.test(sentence))).toEqual([]);
});

it("knows the option of each field that a refusal names", () => {
  const flags = Object.values<CommandDeclaration>(commands).flatMap(({ options }) =>
    options.map((option) => option.flags.split(" ")[0]),
  );
  for (const option of Object.values(optionOfField)) expect(flags).toContain(option);
  const fields = refusals.flatMap(
    (sentence) => /^([a-z][A-Za-z.]*) (?:is|must|has) /.exec(sentence)?.[1] ?? [],
  );
  expect(fields.length).toBeGreaterThan(5);
  // What the file says of itself, which no option can change.
  for (const field of fields.filter((one) => one !== "target.exportedFrom"))
    expect(Object.keys(optionOfField)).toContain(field);
});

import { expect, it } from "vitest";
import { z } from "zod";
import { applyBodySchema, previewBodySchema, resetsQuerySchema } from "#lib/api/resets.ts";
import { withOptions } from "#lib/cli/output/shell-words.ts";
import { parse } from "#lib/server/access/perform.ts";

function refusal(schema: z.ZodType, value: unknown, where = "body"): string {
  try {
    parse(schema, value, where);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("It was taken.");
}

it.each<[string, z.ZodType, unknown]>([
  ["planId is missing. confirm is missing.", applyBodySchema, {}],
  ["confirm must be a text.", applyBodySchema, { planId: "p", confirm: 4 }],
  ["confirm must have at most 256 characters.", applyBodySchema, { planId: "p", confirm: "x".repeat(300) }],
  ["The body must be an object.", applyBodySchema, []],
  ["limit must be at most 100.", resetsQuerySchema, { limit: "101" }],
  ["target is missing.", previewBodySchema, { partitions: "all" }],
  [
    'mode must be one of "offline", "live".',
    previewBodySchema,
    { partitions: "all", target: { kind: "latest" }, mode: "x" },
  ],
  ['partitions must be "all" or a list.', previewBodySchema, { partitions: 3, target: { kind: "latest" } }],
  ["target.kind is none that is known.", previewBodySchema, { partitions: "all", target: { kind: "x" } }],
  ["at must be a time such as 2026-03-02T12:00:00Z.", z.object({ at: z.iso.datetime() }), { at: "now" }],
  ['The body has no "b".', z.strictObject({ a: z.string().optional() }), { b: 1 }],
])("says %s", (sentence, schema, value) => {
  expect(refusal(schema, value)).toBe(sentence);
});

it("is told by the shell with its own options", () => {
  expect(withOptions("note is missing. limit must be at most 100. nothing is missing.")).toBe(
    "--note is missing. --limit must be at most 100. nothing is missing.",
  );
});

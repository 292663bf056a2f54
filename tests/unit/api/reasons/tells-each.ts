import { describe, expect, it } from "vitest";
import type { Reason } from "#lib/api/reasons/catalogue.ts";
import type { Declared } from "#lib/api/reasons/declare.ts";
import { fromStored, sentenceOf, toWire } from "#lib/api/reasons/reason.ts";

export function tellsEach(
  noun: string,
  declared: Readonly<Record<string, Declared>>,
  cases: readonly (readonly [Reason, string])[],
): void {
  describe(noun, () => {
    it.each(cases.map(([reason, sentence]) => [reason.code, reason, sentence] as const))(
      "has the sentence: %s",
      (_code, reason, sentence) => {
        expect(sentenceOf(reason)).toBe(sentence);
        expect(fromStored(JSON.parse(JSON.stringify(toWire(reason))))).toEqual(reason);
      },
    );

    it("covers all codes and explains them in whole sentences", () => {
      expect(new Set(cases.map(([{ code }]) => code))).toEqual(new Set(Object.keys(declared)));
      for (const [code, { meaning, remedy }] of Object.entries(declared))
        for (const text of [meaning, remedy ?? "None."]) expect(text, code).toMatch(/^[A-Z].*\.$/);
    });
  });
}

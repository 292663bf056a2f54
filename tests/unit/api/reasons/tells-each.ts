import { describe, expect, it } from "vitest";
import type { Reason } from "#lib/api/reasons/catalogue.ts";
import type { Declared } from "#lib/api/reasons/declare.ts";
import { operationOf } from "#lib/api/reasons/operation.ts";
import { fromStored, sentenceOf, toWire } from "#lib/api/reasons/reason.ts";

export function tellsEach(
  noun: string,
  declared: Readonly<Record<string, Declared>>,
  cases: readonly (readonly [Reason, string])[],
  ofResetsAlone: readonly string[] | null = null,
): void {
  describe(noun, () => {
    it.each(cases.map(([reason, sentence]) => [reason.code, reason, sentence] as const))(
      "has the sentence: %s",
      (_code, reason, sentence) => {
        expect(sentenceOf(reason)).toBe(sentence);
        expect(fromStored(JSON.parse(JSON.stringify(toWire(reason))))).toEqual(reason);
      },
    );

    // Moves, clean-ups and undos share them.
    if (ofResetsAlone !== null)
      it("call nothing a reset that may be another operation", () => {
        const operation = operationOf({ target: { kind: "move" } });
        for (const [each] of cases) {
          if (ofResetsAlone.includes(each.code)) continue;
          expect(sentenceOf(each, operation), each.code).not.toMatch(/\breset/i);
        }
      });

    it("covers all codes and explains them in whole sentences", () => {
      expect(new Set(cases.map(([{ code }]) => code))).toEqual(new Set(Object.keys(declared)));
      for (const [code, { meaning, remedy }] of Object.entries(declared))
        for (const text of [meaning, remedy ?? "None."]) expect(text, code).toMatch(/^[A-Z].*\.$/);
    });
  });
}

import { readFileSync } from "node:fs";
import { z } from "zod";
import { findingsSchema } from "./cases/findings.ts";
import { type Results, resultsSchema } from "./results.ts";
import type { Sdk } from "./sdks.ts";

const reportSchema = z.object({
  testResults: z.array(
    z.object({
      assertionResults: z.array(
        z.object({
          title: z.string(),
          status: z.string(),
          meta: z.object({ interop: findingsSchema.optional() }),
        }),
      ),
    }),
  ),
});

export interface TriedCase {
  sdk: string;
  number: number;
  title: string;
  passed: boolean;
  findings: z.infer<typeof findingsSchema>;
}

export function readReport(file: string): TriedCase[] {
  const { testResults } = reportSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  return testResults.flatMap(({ assertionResults }) =>
    assertionResults.flatMap(({ title, status, meta: { interop } }) =>
      interop === undefined
        ? []
        : [
            {
              sdk: interop.sdk,
              number: interop.number,
              title: title.replace(/^[^:]+: /, ""),
              passed: status === "passed",
              findings: interop,
            },
          ],
    ),
  );
}

export function resultsOf(tried: readonly TriedCase[], chosen: readonly Sdk[]): Results {
  const date = new Date().toISOString().slice(0, 10);
  return resultsSchema.parse({
    sdks: chosen.map(({ id, label, version }) => {
      const own = tried.filter(({ sdk }) => sdk === id);
      const merged = <T extends object>(pick: (one: TriedCase["findings"]) => T | undefined): T =>
        Object.assign({}, ...own.map(({ findings }) => pick(findings) ?? {}));
      return {
        id,
        label,
        version,
        date,
        cases: own
          .map(({ number, title, passed }) => ({ number, title, passed }))
          .toSorted((one, other) => one.number - other.number),
        pausesMs: own.flatMap(({ findings }) => findings.pausesMs ?? []),
        stopped: merged(({ stopped }) => stopped),
        defaults: own.find(({ findings }) => findings.defaults)?.findings.defaults ?? null,
      };
    }),
  });
}

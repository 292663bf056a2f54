import type { Check } from "#lib/api/diagnosis.ts";

export interface CheckGroup {
  store: string | null;
  checks: Check[];
}

const order: Check["state"][] = ["fail", "warn", "skipped", "pass"];

export function groupChecks(checks: readonly Check[]): CheckGroup[] {
  const groups = new Map<string | null, Check[]>([[null, []]]);
  for (const check of checks) groups.set(check.store, [...(groups.get(check.store) ?? []), check]);
  return [...groups]
    .filter(([, all]) => all.length > 0)
    .map(([store, all]) => ({
      store,
      checks: all.toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state)),
    }));
}

export function summarizeChecks(checks: readonly Check[]): string {
  const count = (state: Check["state"]) => checks.filter((check) => check.state === state).length;
  const parts = [
    [count("fail"), "failed"],
    [count("warn"), count("warn") === 1 ? "warning" : "warnings"],
    [count("skipped"), "not checked"],
    [count("pass"), "passed"],
  ] as const;
  return parts
    .filter(([number]) => number > 0)
    .map(([number, word]) => `${number} ${word}`)
    .join(", ");
}

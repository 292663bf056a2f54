import type { Check } from "#lib/api/diagnosis.ts";

const mostItems = 50;

/** Where a check stands: what it is about. */
export interface Subject {
  check: string;
  title: string;
  /** Null: the hub. */
  store: string | null;
  /** Whose names its sentences and items may hold: others' are hidden from a role that does not reach them. */
  names: Check["names"];
}

export interface Outcome {
  detail: string;
  remedy?: string;
  items?: readonly string[];
}

function make(state: Check["state"], { check, title, store, names }: Subject, outcome: Outcome): Check {
  return {
    id: store === null ? check : `${check}/${store}`,
    title,
    state,
    detail: outcome.detail,
    remedy: outcome.remedy ?? null,
    store,
    names,
    items: (outcome.items ?? []).slice(0, mostItems),
  };
}

export const pass = (subject: Subject, outcome: Outcome): Check => make("pass", subject, outcome);
export const warn = (subject: Subject, outcome: Outcome): Check => make("warn", subject, outcome);
/** It was not looked at, or not all of it. `detail`: why. */
export const skip = (subject: Subject, detail: string): Check => make("skipped", subject, { detail });
export const fail = (subject: Subject, outcome: Outcome): Check => make("fail", subject, outcome);

/** `1 blob`, `3 blobs`. */
export function counted(count: number, what: string): string {
  return `${count.toLocaleString("en")} ${what}${count === 1 ? "" : "s"}`;
}

/** `a, b and 3 more`. */
export function listed(names: readonly string[], most = 5): string {
  const shown = names.slice(0, most).map((name) => JSON.stringify(name));
  const more = names.length - shown.length;
  return `${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

import type { Check } from "#lib/api/diagnosis.ts";
import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { toWire } from "#lib/api/reasons/reason.ts";

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
  detail: Reason;
  remedy?: Reason;
  items?: readonly string[];
}

function make(state: Check["state"], { check, title, store, names }: Subject, outcome: Outcome): Check {
  return {
    id: store === null ? check : `${check}/${store}`,
    title,
    state,
    detail: toWire(outcome.detail),
    remedy: toWire(outcome.remedy ?? null),
    store,
    names,
    items: (outcome.items ?? []).slice(0, mostItems),
  };
}

export const pass = (subject: Subject, outcome: Outcome): Check => make("pass", subject, outcome);
export const warn = (subject: Subject, outcome: Outcome): Check => make("warn", subject, outcome);
/** It was not looked at, or not all of it. `detail`: why. */
export const skip = (subject: Subject, detail: Reason): Check => make("skipped", subject, { detail });
export const fail = (subject: Subject, outcome: Outcome): Check => make("fail", subject, outcome);

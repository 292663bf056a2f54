import type { Check } from "#lib/api/diagnosis.ts";
import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { toWire } from "#lib/api/reasons/reason.ts";

const mostItems = 50;

export interface Subject {
  check: string;
  title: string;
  store: string | null;
  /** Which names its sentences may contain; a role that does not reach them does not see them. */
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
export const skip = (subject: Subject, detail: Reason): Check => make("skipped", subject, { detail });
export const fail = (subject: Subject, outcome: Outcome): Check => make("fail", subject, outcome);

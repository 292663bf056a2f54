import { expect, it } from "vitest";
import type { ActivityEntry } from "#lib/history/activity.ts";
import { Refusals } from "#lib/server/access/refusals.ts";

function noted() {
  const entries: ActivityEntry[] = [];
  const refusals = new Refusals(async (entry) => entries.push(entry));
  const note = (key: string, hub: string, action = "previewReset", now = 0) =>
    refusals.note({ actor: key, action, hub, group: null, code: "forbidden", message: "No." }, key, now);
  return { entries, note };
}
const many = (count: number) => Array.from({ length: count }, (_, index) => String(index));

it("files the same refusal once a minute", () => {
  const { entries, note } = noted();
  for (const now of [0, 59_999, 60_000]) note("viewer", "orders", "previewReset", now);
  expect(entries.map(({ at }) => at)).toEqual([0, 60_000]);
});

it("lets one actor fill only their own share", () => {
  const { entries, note } = noted();
  for (const hub of many(230)) note("eager", hub);
  note("calm", "orders");
  expect(entries.filter(({ actor }) => actor === "eager")).toHaveLength(40);
  expect(entries.at(-1)).toMatchObject({ actor: "calm", outcome: "refused" });
});

it.each(["applyReset", "signIn", "apiToken"])("keeps room for %s when all the rest is used up", (action) => {
  const { entries, note } = noted();
  for (const key of many(10)) for (const hub of many(40)) note(key, hub);
  expect(entries).toHaveLength(200);
  note("late", "orders");
  expect(entries).toHaveLength(200);
  note("late", "orders", action);
  expect(entries.at(-1)).toMatchObject({ actor: "late", action });
});

it("keeps resets and proofs apart from each other, too", () => {
  const { entries, note } = noted();
  for (const key of many(10)) for (const hub of many(40)) note(key, hub, "apiToken");
  note("late", "orders", "applyReset");
  expect(entries.at(-1)).toMatchObject({ action: "applyReset" });
});

it("gives the room back after a minute", () => {
  const { entries, note } = noted();
  for (const hub of many(41)) note("eager", hub);
  expect(entries).toHaveLength(40);
  note("eager", "40", "previewReset", 60_000);
  expect(entries).toHaveLength(41);
});

it("tells two people with one name apart by their issuer's id", () => {
  const entries: ActivityEntry[] = [];
  const refusals = new Refusals(async (entry) => entries.push(entry));
  const refusal = { actor: "Sam", action: "x", hub: "", group: null, code: "forbidden", message: "No." };
  for (const key of ["1", "2"]) {
    refusals.note({ ...refusal, subject: { issuer: "https://login.example", key } }, `person ${key}`, 0);
  }
  expect(entries.map(({ actor, details }) => [actor, details.subject])).toEqual([
    ["Sam", { issuer: "https://login.example", key: "1" }],
    ["Sam", { issuer: "https://login.example", key: "2" }],
  ]);
});

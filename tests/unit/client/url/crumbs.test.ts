import { describe, expect, it } from "vitest";
import { crumbsOf } from "#lib/client/url/crumbs.ts";

const at = (...path: string[]) => crumbsOf(path, null, null);
const subject = { hub: "a/b", group: "$Default", store: "main" };
const ofReset = (target: { kind: "latest" | "move" | "cleanup" | "undo"; skipped?: object }) =>
  crumbsOf(["resets", "1"], null, { ...subject, target });
const hub = { text: "a/b", href: "/event-hubs/a%2Fb" };
const group = { text: "$Default", href: "/event-hubs/a%2Fb/consumer-groups/%24Default?store=main" };
const nowhere = { text: "Page not found" };

describe("breadcrumbs", () => {
  it("name the page that an address leads to", () => {
    expect(at()).toEqual([{ text: "All consumer groups", short: "All groups" }]);
    expect(at("activity")).toEqual([{ text: "Activity" }]);
    expect(at("incidents")).toEqual([{ text: "Incidents" }]);
    expect(at("help")).toEqual([{ text: "Help" }]);
    expect(at("help", "figures")).toEqual([
      { text: "Help", href: "/help" },
      { text: "What the figures mean" },
    ]);
    expect(at("group-moves", "1")).toEqual([{ text: "Move groups" }]);
  });

  it("lead back to the hub and to the group, in the store that the address names", () => {
    expect(at("event-hubs", "a/b")).toEqual([{ text: "a/b" }]);
    expect(at("event-hubs", "a/b", "diagnosis")).toEqual([hub, { text: "Diagnosis" }]);
    expect(at("event-hubs", "a/b", "move-groups")).toEqual([hub, { text: "Move groups" }]);
    const path = ["event-hubs", "a/b", "consumer-groups", "$Default"];
    expect(at(...path)).toEqual([hub, { text: "$Default" }]);
    const step = (name: string) => crumbsOf([...path, name], "main", null);
    expect(step("reset")).toEqual([hub, group, { text: "Reset checkpoints" }]);
    expect(step("move").at(-1)).toEqual({ text: "Move checkpoints" });
    expect(step("cleanup").at(-1)).toEqual({ text: "Clean up" });
    expect(at(...path, "reset")[1]?.href).toBe("/event-hubs/a%2Fb/consumer-groups/%24Default");
  });

  it("name the group and the kind of a plan and a reset", () => {
    expect(ofReset({ kind: "latest" })).toEqual([hub, group, { text: "Reset checkpoints" }]);
    expect(ofReset({ kind: "latest", skipped: {} }).at(-1)).toEqual({ text: "Skip event" });
    expect(ofReset({ kind: "move" }).at(-1)).toEqual({ text: "Move checkpoints" });
    expect(ofReset({ kind: "cleanup" }).at(-1)).toEqual({ text: "Clean up" });
    expect(ofReset({ kind: "undo" }).at(-1)).toEqual({ text: "Undo" });
    const target = { kind: "latest" } as const;
    expect(crumbsOf(["resets", "plans", "1"], null, { ...subject, target })).toHaveLength(3);
  });

  it("tell no more than that it is about checkpoints where the plan or reset is not known", () => {
    expect(at("resets", "1")).toEqual([{ text: "Checkpoints" }]);
    expect(at("resets", "plans", "1")).toEqual([{ text: "Checkpoints" }]);
  });

  it("say so where an address leads nowhere, whatever its words are", () => {
    expect(at("event-hubs")).toEqual([nowhere]);
    expect(at("incidents", "1")).toEqual([nowhere]);
    expect(at("resets")).toEqual([nowhere]);
    expect(at("resets", "1", "2")).toEqual([nowhere]);
    expect(at("help", "nothing")).toEqual([{ text: "Help", href: "/help" }, nowhere]);
    expect(at("constructor")).toEqual([nowhere]);
    expect(at("event-hubs", "a/b", "constructor")).toEqual([hub, nowhere]);
    const path = ["event-hubs", "a/b", "consumer-groups"];
    expect(at(...path)).toEqual([hub, nowhere]);
    expect(at(...path, "$Default", "constructor").at(-1)).toEqual(nowhere);
    expect(at(...path, "$Default", "reset", "more").at(-1)).toEqual(nowhere);
  });

  it("show misleading marks in names, and lead to the name as it is", () => {
    expect(at("event-hubs", "a\u202Eb", "diagnosis")[0]).toEqual({
      text: "a\uFFFDb",
      href: "/event-hubs/a%E2%80%AEb",
    });
  });
});

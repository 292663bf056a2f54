import { type OperationKind, operationKind } from "#lib/api/reasons/operation.ts";
import type { RequestedTarget } from "#lib/api/resets.ts";
import { showText } from "#lib/client/format/foreign-text.ts";
import { helpPages } from "#lib/client/help/help-contents.ts";
import { helpPath } from "#lib/client/help/help-pages.ts";
import type { GroupAddress } from "#lib/core/addresses.ts";
import { type Crumb, nowhere } from "./crumb.ts";
import { consumerGroupPath, eventHubPath, groupPagePath } from "./paths.ts";

/** What a plan or a reset is of. Their addresses have only an id. */
export type Subject = GroupAddress & { target: Pick<RequestedTarget, "kind"> & { skipped?: unknown } };

// Maps, since an address may have any word in it, also one that every object has.
const hubPages: ReadonlyMap<string, string> = new Map([
  ["diagnosis", "Diagnosis"],
  ["move-groups", "Move groups"],
]);

const groupPages: ReadonlyMap<string, string> = new Map([
  ["reset", "Reset checkpoints"],
  ["move", "Move checkpoints"],
  ["cleanup", "Clean up"],
]);

const steps: Record<OperationKind, string> = {
  reset: "Reset checkpoints",
  undo: "Undo",
  move: "Move checkpoints",
  cleanup: "Clean up",
};

/**
 * A page's breadcrumbs.
 * @param path the parts of its address, decoded
 * @param store of its query
 * @param subject of a plan or a reset, as far as the reader may know it
 */
export function crumbsOf(path: readonly string[], store: string | null, subject: Subject | null): Crumb[] {
  const [root, ...rest] = path;
  const [first, second] = rest;
  if (root === undefined) return [{ text: "All consumer groups", short: "All groups" }];
  if (root === "event-hubs" && first !== undefined) return ofHub(first, rest.slice(1), store);
  if (root === "help") return ofHelp(rest);
  if (root === "resets" && rest.length === (first === "plans" && second !== undefined ? 2 : 1))
    return subject === null ? [{ text: "Checkpoints" }] : ofSubject(subject);
  if (root === "group-moves" && rest.length === 1) return [{ text: "Move groups" }];
  if (root === "activity" && rest.length === 0) return [{ text: "Activity" }];
  if (root === "incidents" && rest.length === 0) return [{ text: "Incidents" }];
  return [nowhere];
}

function ofHub(hub: string, path: readonly string[], store: string | null): Crumb[] {
  const [part, group, step, ...rest] = path;
  const text = showText(hub);
  if (part === undefined) return [{ text }];
  const parent = { text, href: eventHubPath(hub) };
  if (part !== "consumer-groups" || group === undefined || rest.length > 0) {
    const title = group === undefined ? hubPages.get(part) : undefined;
    return [parent, title === undefined ? nowhere : { text: title }];
  }
  if (step === undefined) return [parent, { text: showText(group) }];
  const href = store === null ? groupPagePath(hub, group) : consumerGroupPath(hub, group, store);
  const title = groupPages.get(step);
  return [parent, { text: showText(group), href }, title === undefined ? nowhere : { text: title }];
}

function ofHelp([slug, ...rest]: readonly string[]): Crumb[] {
  if (slug === undefined) return [{ text: "Help" }];
  const title = rest.length === 0 ? helpPages.find((page) => page.slug === slug)?.title : undefined;
  return [{ text: "Help", href: helpPath }, title === undefined ? nowhere : { text: title }];
}

function ofSubject({ hub, group, store, target }: Subject): Crumb[] {
  return [
    { text: showText(hub), href: eventHubPath(hub) },
    { text: showText(group), href: consumerGroupPath(hub, group, store) },
    { text: target.skipped === undefined ? steps[operationKind(target.kind)] : "Skip event" },
  ];
}

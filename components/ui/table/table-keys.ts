import type { KeyboardEvent } from "react";

type Press = Pick<
  KeyboardEvent<HTMLElement>,
  "key" | "target" | "currentTarget" | "metaKey" | "ctrlKey" | "altKey" | "shiftKey" | "preventDefault"
>;

const controls = "a[href], button, input, select, textarea, [tabindex='0']";
const steps: Readonly<Record<string, number>> = { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 };
const sides: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 };

function controlsOf(element: Element): HTMLElement[] {
  return [...element.querySelectorAll<HTMLElement>(controls)].filter((control) => control.checkVisibility());
}

function mainOf(row: Element): HTMLElement | undefined {
  return row.querySelector<HTMLElement>("th[scope=row] a[href]") ?? controlsOf(row)[0];
}

/** True for an element of this table itself, not of a table inside one of its rows. */
function isOf(region: Element, element: Element | null): boolean {
  return element?.closest("[data-table]") === region;
}

function rowsOf(region: Element): HTMLElement[] {
  const rows = [...region.querySelectorAll<HTMLElement>("tr[aria-rowindex]")];
  return rows.filter((row) => isOf(region, row));
}

/** A table within a row has its head inside that row's body. */
function isInBody(row: Element): boolean {
  return row.parentElement?.tagName === "TBODY";
}

function detailsAround(region: Element, element: Element): Element | null {
  let details = element.closest("tr[id^=details-]");
  while (details !== null && !isOf(region, details)) {
    details = details.parentElement?.closest("tr[id^=details-]") ?? null;
  }
  return details;
}

export function focusFirstRow(): boolean {
  const region = document.querySelector("[data-table]");
  const row = region === null ? undefined : rowsOf(region).find(isInBody);
  const main = row === undefined ? undefined : mainOf(row);
  main?.focus();
  return main !== undefined;
}

/**
 * Makes a table one Tab stop. j and k or the arrows move between rows, left and right between a row's
 * controls. Tab reaches the unfolded details.
 */
export function onTableKey(event: Press): void {
  const { key, currentTarget: region, target } = event;
  if (!(target instanceof HTMLElement) || event.metaKey || event.ctrlKey || event.altKey) return;
  // A table within has gone to its own edge first.
  const at = document.activeElement ?? target;
  if (key === "Tab") leave(event, region, at);
  else if (isOf(region, target) && !isTyped(target, key)) move(event, region, target);
}

/** True when a field uses the key itself. A field of one line doesn't use up and down. */
function isTyped(target: HTMLElement, key: string): boolean {
  if (target instanceof HTMLInputElement)
    return target.type !== "checkbox" && !(target.type === "text" && /^Arrow(Up|Down)$/.test(key));
  return /^(TEXTAREA|SELECT)$/.test(target.tagName);
}

function move(event: Press, region: HTMLElement, target: HTMLElement): void {
  const { key } = event;
  const row = target.closest<HTMLElement>("tr[aria-rowindex]");
  if (row === null && target !== region) return;
  const next = row === null ? firstRow(region, steps[key]) : nextControl(region, row, target, key);
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}

function firstRow(region: HTMLElement, step: number | undefined): HTMLElement | undefined {
  if (step === undefined) return undefined;
  // Down leads to the rows, up to the head with the sort buttons.
  const row = rowsOf(region).find((one) => isInBody(one) === step > 0);
  return row === undefined ? undefined : mainOf(row);
}

function nextControl(region: HTMLElement, row: HTMLElement, target: HTMLElement, key: string) {
  const own = controlsOf(row);
  const at = own.indexOf(target);
  const side = sides[key];
  if (side !== undefined) return own[at + side];
  const step = steps[key];
  if (step === undefined) return undefined;
  const rows = rowsOf(region);
  const next = rows[rows.indexOf(row) + step];
  if (next === undefined) return undefined;
  return target === mainOf(row) ? mainOf(next) : (controlsOf(next)[at] ?? mainOf(next));
}

function leave(event: Press, region: HTMLElement, target: Element): void {
  const details = detailsAround(region, target);
  if (details !== null) {
    const inside = controlsOf(details);
    if (inside.at(event.shiftKey ? 0 : -1) !== target) return;
    if (event.shiftKey) {
      event.preventDefault();
      const row = details.closest("tbody")?.querySelector("tr[aria-rowindex]");
      if (row !== null && row !== undefined) mainOf(row)?.focus();
      return;
    }
  } else if (!event.shiftKey) {
    const body = target.closest("tbody");
    const below = region.contains(body) ? (body?.querySelector("tr[id^=details-]") ?? null) : null;
    const first = below === null ? undefined : controlsOf(below)[0];
    if (first !== undefined) {
      event.preventDefault();
      first.focus();
      return;
    }
  }
  // The browser continues from the table's edge.
  const edge = event.shiftKey ? region : controlsOf(region).at(-1);
  edge?.focus({ preventScroll: true });
}

import type { KeyboardEvent } from "react";
import { late } from "#lib/client/http/late.ts";
import type * as TableKeys from "./table-keys.ts";

let keys: typeof TableKeys | null = null;

/** Loaded after the page. A press that comes before does what it asks for then; Tab is the browser's until then. */
async function loaded(): Promise<typeof TableKeys | null> {
  const [parts] = await late(() => Promise.all([import("./table-keys.ts")])).catch(() => []);
  keys = parts ?? null;
  return keys;
}

export function loadTableKeys(): void {
  void loaded();
}

export function onTableKey(event: KeyboardEvent<HTMLElement>): void {
  if (keys !== null) {
    keys.onTableKey(event);
    return;
  }
  const { key, target, currentTarget, metaKey, ctrlKey, altKey, shiftKey } = event;
  if (key === "Tab") return;
  const preventDefault = () => {};
  const press = { key, target, currentTarget, metaKey, ctrlKey, altKey, shiftKey, preventDefault };
  void loaded().then((parts) => parts?.onTableKey(press));
}

export function focusFirstRow(): void {
  if (keys === null) void loaded().then((parts) => parts?.focusFirstRow());
  else keys.focusFirstRow();
}

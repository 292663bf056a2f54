"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffectEvent, useLayoutEffect, useState } from "react";
import { flushSync } from "react-dom";
import { Button, Key } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import { focusFirstRow } from "#components/ui/table/late-table-keys.ts";
import { keys } from "#lib/client/http/queries.ts";
import { useStream } from "#lib/client/stream/use-stream.ts";
import { lateDialog } from "./late-dialog.tsx";
import { PaletteDialog } from "./palette-dialog.tsx";

const KeyHelp = lateDialog(() => import("./key-help.tsx").then((m) => m.KeyHelp));

function typing(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

export function Keyboard() {
  const [open, setOpen] = useState<"palette" | "help" | null>(null);
  const [timesAsked, setTimesAsked] = useState(0);
  const { stream } = useStream();
  const client = useQueryClient();

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      // Synchronously, since the next letter goes into it.
      flushSync(() => {
        setOpen("palette");
        setTimesAsked((times) => times + 1);
      });
      return;
    }
    const plain = !(event.metaKey || event.ctrlKey || event.altKey);
    // A focused table handles keys for its rows.
    if (!plain || open !== null || event.defaultPrevented || typing(event.target)) return;
    const action = actions[event.key];
    if (action === undefined) return;
    event.preventDefault();
    action();
  });
  const actions: Record<string, () => unknown> = {
    "/": () => document.querySelector<HTMLInputElement>("[data-search]")?.focus(),
    "?": () => setOpen("help"),
    j: focusFirstRow,
    r: () => void client.refetchQueries({ queryKey: keys.all, type: "active" }),
    p: () => (stream.state.get().phase === "paused" ? stream.resume() : stream.pause()),
  };

  // Before the page is told to be at work.
  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);

  return (
    <>
      <Button onClick={() => setOpen("palette")} className="max-sm:px-2">
        <Icon name="search" className="size-3.5 text-faint" />
        <span className="max-md:sr-only">Go to…</span>
        <span className="max-md:hidden">
          <Key>⌘K</Key>
        </span>
      </Button>
      {open === "palette" ? <PaletteDialog timesAsked={timesAsked} onClose={() => setOpen(null)} /> : null}
      {open === "help" ? <KeyHelp onClose={() => setOpen(null)} /> : null}
    </>
  );
}

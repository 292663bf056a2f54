"use client";

import type { ComponentType } from "react";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import { lateComponent } from "#lib/client/browser/late-component.ts";

/** Loads the large chart library after the figures; they stay if it never comes. */
export function lateChart<P extends { height: number }>(
  load: () => Promise<ComponentType<P>>,
): ComponentType<P> {
  return lateComponent<P>(
    load,
    ({ height }) => (
      <div role="status" aria-label="The chart is loading" className="skeleton mx-4" style={{ height }} />
    ),
    ({ message }, tryAgain, { height }) => (
      <div
        role="status"
        className="flex flex-col items-center justify-center gap-2 px-4 text-center text-muted"
        style={{ height }}
      >
        <span>
          <Icon name="cloud-off" className="mr-1.5 inline size-4 text-faint" />
          The chart could not be loaded. {message}
        </span>
        <Button onClick={tryAgain}>Try again</Button>
      </div>
    ),
  );
}

"use client";

import type { ComponentType } from "react";
import { Closing } from "#lib/client/browser/closing.ts";
import { lateComponent } from "#lib/client/browser/late-component.ts";

interface Props {
  onClose: () => void;
}

/** A dialog that loads on demand. On failure it closes, the page says why, and the next try loads it. */
export function lateDialog(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  return lateComponent<Props>(
    load,
    () => null,
    (_error, _tryAgain, { onClose }) => <Closing onClose={onClose} />,
  );
}

"use client";

import { useEffect, useEffectEvent } from "react";

/** In the place of what could not be loaded, which closes; the page says why. */
export function Closing({ onClose }: { onClose: () => void }): null {
  const close = useEffectEvent(onClose);
  useEffect(() => close(), []);
  return null;
}

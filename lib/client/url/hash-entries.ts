"use client";

import { usePathname } from "next/navigation";
import { useEffect, useEffectEvent } from "react";

/**
 * Makes entries that the browser itself adds to the history, of a link to a place on the page or of an address
 * that was edited, the router's: it ignores a way back to one that has no state, and the page after would stay.
 */
export function useHashEntries(): void {
  const path = usePathname();
  const adopt = useEffectEvent(() => {
    if (window.history.state !== null) return;
    // One from before the page's script ran, and another page is shown.
    if (window.location.pathname !== path) window.location.reload();
    else window.history.replaceState(null, "", window.location.href);
  });
  useEffect(() => {
    const listen = () => adopt();
    window.addEventListener("popstate", listen);
    return () => window.removeEventListener("popstate", listen);
  }, []);
}

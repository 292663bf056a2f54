import type { ReactNode } from "react";

/** Stays at the lower edge of the window for as long as its parent is in view: its parent is the page's column. */
export function StickyBar({ children }: { children: ReactNode }) {
  return (
    <div data-sticky-bar className="sticky bottom-3 z-10 flex flex-col gap-2">
      {children}
    </div>
  );
}

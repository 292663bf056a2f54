import type { ReactNode } from "react";

/** Sticks to the window's lower edge while its parent, the page's column, is visible. */
export function StickyBar({ children }: { children: ReactNode }) {
  return (
    <div data-sticky-bar className="sticky bottom-3 z-10 flex flex-col gap-2">
      {children}
    </div>
  );
}

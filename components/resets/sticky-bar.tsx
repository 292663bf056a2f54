import type { ReactNode } from "react";

/**
 * Sticks to the window's lower edge while its parent, the page's column, is visible. Covers the page from its
 * own top to that edge: lines of a table would show in the gaps.
 */
export function StickyBar({ children }: { children: ReactNode }) {
  return (
    <div
      data-sticky-bar
      className="sticky bottom-3 z-10 flex flex-col gap-2 before:absolute before:inset-x-0 before:top-1 before:-bottom-3 before:-z-10 before:bg-page print:before:hidden"
    >
      {children}
    </div>
  );
}

import type { ReactNode } from "react";
import { HelpNav } from "#components/shell/help/help-nav.tsx";

export default function HelpLayout({ children }: { children: ReactNode }) {
  return (
    <div className="flex gap-10 max-md:flex-col max-md:gap-4">
      <HelpNav />
      <article className="min-w-0 max-w-[52rem] flex-1 text-[14px] leading-[22px]">{children}</article>
    </div>
  );
}

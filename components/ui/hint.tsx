import type { ReactNode } from "react";

export function Hint({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-line border-b bg-raised/50 px-4 py-1.5 text-muted text-note">
      <p role="status" className="figures">
        {children}
      </p>
      {action}
    </div>
  );
}

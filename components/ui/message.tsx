import { clsx } from "clsx";
import type { ReactNode } from "react";

type Kind = "empty" | "noMatch" | "loading" | "failing";

const frames: Record<Kind, string> = {
  empty: "border-line border-dashed",
  noMatch: "border-transparent",
  loading: "border-line",
  failing: "border-stop/50 bg-surface",
};

export function Message(props: {
  kind: Kind;
  icon: ReactNode;
  title: string;
  wholePage?: boolean;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  const { kind, icon, title, wholePage = false, children, actions } = props;
  const Title = wholePage ? "h1" : "h2";
  return (
    <div
      {...(kind === "failing" ? { role: "alert" } : {})}
      className={clsx(
        "flex flex-col items-center gap-1.5 rounded-lg border px-6 text-center",
        kind === "noMatch" ? "py-8" : "py-12",
        frames[kind],
      )}
    >
      <span aria-hidden className={clsx("mb-1", kind === "failing" ? "text-stop" : "text-faint")}>
        {icon}
      </span>
      <Title className="max-w-full break-words font-semibold text-[15px]">{title}</Title>
      {children === undefined ? null : (
        <div className="w-full max-w-xl text-pretty break-words text-muted">{children}</div>
      )}
      {actions === undefined ? null : (
        <div className="mt-3 flex flex-wrap justify-center gap-2">{actions}</div>
      )}
    </div>
  );
}

import type { ReactNode } from "react";
import { CopyButton } from "./copy-button.tsx";

export function Fact(props: {
  name: string;
  text?: string | null | undefined;
  copy?: boolean;
  children?: ReactNode;
}) {
  const { name, text, copy = false, children } = props;
  const value = children ?? text;
  return (
    <div className="group/copy flex min-w-0 items-baseline gap-2">
      <dt className="w-28 shrink-0 text-note text-muted">{name}</dt>
      <dd className="flex min-w-0 items-center gap-1">
        {value ? (
          <span className={copy ? "foreign min-w-0 break-all font-mono text-note" : "figures"}>{value}</span>
        ) : (
          <span className="text-faint">—</span>
        )}
        {copy && text ? <CopyButton text={text} what={name.toLowerCase()} /> : null}
      </dd>
    </div>
  );
}

import type { ReactNode } from "react";
import { HelpMark } from "#components/ui/help-mark.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import { TimedText } from "#lib/client/format/timed-text.ts";
import { reasonPath } from "#lib/client/help/help-pages.ts";
import { codeOf } from "#lib/client/http/client-error.ts";

export function Failure(props: { title: string; error: Error; children?: ReactNode }) {
  const { title, error, children } = props;
  const code = codeOf(error);
  return (
    <div role="alert" className="flex gap-2.5 rounded-lg border border-stop/50 bg-surface px-4 py-2.5">
      <Icon name="circle-x" className="mt-0.5 size-4 shrink-0 text-stop" />
      <p className="min-w-0 text-pretty break-words">
        <strong className="font-semibold">{title}.</strong> <TimedText text={error.message} />
        {code === null ? null : (
          <span className="text-note text-muted">
            {" "}
            Code: <code className="font-mono">{code}</code>
            <HelpMark href={reasonPath(code)} of={code} />
          </span>
        )}
        {children === undefined || children === null ? null : <> {children}</>}
      </p>
    </div>
  );
}

import { HelpMark } from "#components/ui/help-mark.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import { Message } from "#components/ui/message.tsx";
import type { Fault } from "#lib/api/errors.ts";
import { reasonPath } from "#lib/client/help/help-pages.ts";

export function NotReadYet({ name, error }: { name: string; error: Fault | null }) {
  if (error === null) {
    return (
      <Message
        kind="loading"
        icon={<Icon name="hourglass" className="size-7" />}
        title={`Reading ${name} for the first time`}
      >
        Figures appear here within seconds.
      </Message>
    );
  }
  return (
    <Message
      kind="failing"
      icon={<Icon name="unplug" className="size-7" />}
      title={`${name} could not be read`}
    >
      <p className="text-ink">{error.message}</p>
      <p className="mt-2 text-note">
        The dashboard tries again at every refresh. Code: <code className="font-mono">{error.code}</code>
        <HelpMark href={reasonPath(error.code)} of={error.code} />
      </p>
    </Message>
  );
}

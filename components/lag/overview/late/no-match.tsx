"use client";

import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import { Message } from "#components/ui/message.tsx";
import { formatCount, plural } from "#lib/client/format/format.ts";

export function NoMatch({ total, onClear }: { total: number; onClear: () => void }) {
  return (
    <Message
      kind="noMatch"
      icon={<Icon name="search-x" className="size-6" />}
      title="No group matches these filters"
      actions={<Button onClick={onClear}>Show all {formatCount(total)}</Button>}
    >
      The search or a filter hides all {plural(total, "group")}.
    </Message>
  );
}

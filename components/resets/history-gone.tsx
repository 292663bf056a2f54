"use client";

import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import { Message } from "#components/ui/message.tsx";

export function HistoryGone(props: {
  title: string;
  error: Error;
  wholePage?: boolean;
  onRetry: () => void;
}) {
  const { title, error, wholePage = false, onRetry } = props;
  return (
    <Message
      kind="failing"
      wholePage={wholePage}
      icon={<Icon name="cloud-off" className="size-7" />}
      title={title}
      actions={<Button onClick={onRetry}>Try again</Button>}
    >
      {error.message}
    </Message>
  );
}

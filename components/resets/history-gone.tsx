"use client";

import { CloudOff } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
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
      icon={<CloudOff className="size-7" />}
      title={title}
      actions={<Button onClick={onRetry}>Try again</Button>}
    >
      {error.message}
    </Message>
  );
}

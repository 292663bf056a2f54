"use client";

import { Bug } from "lucide-react";
import Link from "next/link";
import { Button, buttonClass } from "#components/ui/button.tsx";
import { Message } from "#components/ui/message.tsx";

/** A fault of the dashboard itself. The rest of the shell stays, so that there is a way on. */
export default function PageError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <Message
      kind="failing"
      wholePage
      icon={<Bug className="size-7" />}
      title="This page failed"
      actions={
        <>
          <Button look="primary" onClick={reset}>
            Try again
          </Button>
          <Link href="/" prefetch={false} className={buttonClass()}>
            All consumer groups
          </Link>
        </>
      }
    >
      This is a fault of the dashboard, not of Azure; the groups it watches are not affected. Its log names
      the cause
      {error.digest === undefined ? (
        "."
      ) : (
        <>
          {" "}
          under digest <code className="font-mono text-ink">{error.digest}</code>.
        </>
      )}
    </Message>
  );
}

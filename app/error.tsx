"use client";

import { useEffect } from "react";
import { Button, buttonClass } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import { Message } from "#components/ui/message.tsx";
import { Link } from "#components/ui/text/link.tsx";
import { reasonPath } from "#lib/client/help/help-pages.ts";
import { explainMissingPart, isPartMissing } from "#lib/client/http/late.ts";

export default function PageError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  if (isPartMissing(error)) return <PageMissing error={error} />;
  return (
    <Message
      kind="failing"
      wholePage
      icon={<Icon name="triangle-alert" className="size-7" />}
      title="This page failed"
      actions={
        <>
          <Button look="primary" onClick={reset}>
            Try again
          </Button>
          <Link href="/" className={buttonClass()}>
            All consumer groups
          </Link>
          <Link href={reasonPath("internal")} className={buttonClass()}>
            Help
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

/** The server no longer has the page's program. The address has changed already, so a reload leads there. */
function PageMissing({ error }: { error: Error }) {
  useEffect(() => {
    void explainMissingPart(error);
  }, [error]);
  return (
    <Message
      kind="failing"
      wholePage
      icon={<Icon name="triangle-alert" className="size-7" />}
      title="This page could not be loaded"
      actions={
        <Button look="primary" onClick={() => window.location.reload()}>
          Reload
        </Button>
      }
    >
      A part of it did not come from the dashboard’s server. After an upgrade of the dashboard a reload brings
      the new page.
    </Message>
  );
}

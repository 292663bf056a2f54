"use client";

import { useEffect } from "react";
import { Button, buttonClass } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import { Message } from "#components/ui/message.tsx";
import { reasonPath } from "#lib/client/help/help-pages.ts";
import { explainMissingPart, isPartMissing } from "#lib/client/http/late.ts";
import { overviewPath } from "#lib/client/url/paths.ts";

export default function PageError({ error }: { error: Error & { digest?: string } }) {
  return isPartMissing(error) ? <PageMissing error={error} /> : <PageFailed error={error} />;
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

/**
 * What stands in the place of what failed. A reload and plain links get away from it: drawn again, the same state
 * would fail again. Only the server gives its errors a digest.
 */
function PageFailed({ error: { digest, message } }: { error: Error & { digest?: string } }) {
  return (
    <Message
      kind="failing"
      wholePage
      icon={<Icon name="triangle-alert" className="size-7" />}
      title="This page failed"
      actions={
        <>
          <Button look="primary" onClick={() => window.location.reload()}>
            Reload
          </Button>
          <a href={overviewPath} className={buttonClass()}>
            All consumer groups
          </a>
          <a href={reasonPath("internal")} className={buttonClass()}>
            Help
          </a>
        </>
      }
    >
      This is a fault of the dashboard, not of Azure; the groups it watches are not affected.{" "}
      {digest ? "Its log names the cause under digest " : "The browser’s console names the cause: "}
      <code className="font-mono text-ink">{digest ?? message}</code>
    </Message>
  );
}

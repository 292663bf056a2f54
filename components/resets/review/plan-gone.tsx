"use client";

import { Button, buttonClass } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import { Message } from "#components/ui/message.tsx";
import { Link } from "#components/ui/text/link.tsx";
import { codeOf } from "#lib/client/http/client-error.ts";
import { activityPath } from "#lib/client/url/paths.ts";

export function PlanGone({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const code = codeOf(error);
  const isGone = code === "notFound" || code === "planGone";
  const ways = (
    <>
      <Link href={activityPath()} className={buttonClass(isGone ? "primary" : "outline")}>
        Activity
      </Link>
      <Link href="/" className={buttonClass()}>
        All consumer groups
      </Link>
    </>
  );
  if (isGone) {
    return (
      <Message
        kind="empty"
        wholePage
        icon={<Icon name="file-x" className="size-7" />}
        title="This plan is gone"
        actions={ways}
      >
        A plan is valid for ten minutes, for the person who made it. Once it is applied, its reset is in the
        activity. Choose again on the group’s page.
      </Message>
    );
  }
  return (
    <Message
      kind="failing"
      wholePage
      icon={<Icon name="cloud-off" className="size-7" />}
      title="The plan can’t be read just now"
      actions={
        <>
          <Button look="primary" onClick={onRetry}>
            Try again
          </Button>
          {ways}
        </>
      }
    >
      {error.message}
    </Message>
  );
}

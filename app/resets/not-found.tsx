import { SearchX } from "lucide-react";
import Link from "next/link";
import { buttonClass } from "#components/ui/button.tsx";
import { Message } from "#components/ui/message.tsx";
import { reasonPath } from "#lib/client/help/help-pages.ts";
import { activityPath } from "#lib/client/url/paths.ts";

export default function NoSuchReset() {
  return (
    <Message
      kind="empty"
      wholePage
      icon={<SearchX className="size-7" />}
      title="There is no such reset"
      actions={
        <>
          <Link href={activityPath()} prefetch={false} className={buttonClass("primary")}>
            Activity
          </Link>
          <Link href="/" prefetch={false} className={buttonClass()}>
            All consumer groups
          </Link>
          <Link href={reasonPath("notFound")} prefetch={false} className={buttonClass()}>
            Help
          </Link>
        </>
      }
    >
      The reset does not exist, or you may not see its group. The activity lists every reset.
    </Message>
  );
}

import { SearchX } from "lucide-react";
import { buttonClass } from "#components/ui/button.tsx";
import { Message } from "#components/ui/message.tsx";
import { Link } from "#components/ui/text/link.tsx";
import { reasonPath } from "#lib/client/help/help-pages.ts";
import { activityPath } from "#lib/client/url/paths.ts";

export default function NoSuchMove() {
  return (
    <Message
      kind="empty"
      wholePage
      icon={<SearchX className="size-7" />}
      title="There is no such move of groups"
      actions={
        <>
          <Link href={activityPath()} className={buttonClass("primary")}>
            Activity
          </Link>
          <Link href="/" className={buttonClass()}>
            All consumer groups
          </Link>
          <Link href={reasonPath("notFound")} className={buttonClass()}>
            Help
          </Link>
        </>
      }
    >
      The move does not exist, or you may not see all of its groups. The activity lists every move.
    </Message>
  );
}

import { SearchX } from "lucide-react";
import Link from "next/link";
import { buttonClass } from "#components/ui/button.tsx";
import { Message } from "#components/ui/message.tsx";
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
            What was done
          </Link>
          <Link href="/" prefetch={false} className={buttonClass()}>
            All consumer groups
          </Link>
        </>
      }
    >
      No reset goes by this name, or it is of a group that you may not see. Every reset stands in the
      activity, with the way to its result.
    </Message>
  );
}

import { buttonClass } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import { Message } from "#components/ui/message.tsx";
import { Link } from "#components/ui/text/link.tsx";
import { reasonPath } from "#lib/client/help/help-pages.ts";
import { activityPath } from "#lib/client/url/paths.ts";

/** In place of what the activity lists, where it is not there or not for this reader. */
export function NoSuch({ title, children }: { title: string; children: string }) {
  return (
    <Message
      kind="empty"
      wholePage
      icon={<Icon name="search-x" className="size-7" />}
      title={title}
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
      {children}
    </Message>
  );
}

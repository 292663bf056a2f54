import { buttonClass } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import { Message } from "#components/ui/message.tsx";
import { Link } from "#components/ui/text/link.tsx";
import { reasonPath } from "#lib/client/help/help-pages.ts";
import { eventHubPath } from "#lib/client/url/paths.ts";
import { runtime } from "#lib/server/runtime.ts";

const mostShown = 12;

export default function NotFound() {
  const { eventHubs } = runtime().eventHubs();
  return (
    <Message
      kind="empty"
      wholePage
      icon={<Icon name="search-x" className="size-7" />}
      title="Page not found"
      actions={
        <>
          <Link href="/" className={buttonClass("primary")}>
            All consumer groups
          </Link>
          {eventHubs.slice(0, mostShown).map(({ id }) => (
            <Link key={id} href={eventHubPath(id)} className={buttonClass()}>
              {id}
            </Link>
          ))}
          <Link href={reasonPath("notFound")} className={buttonClass()}>
            Help
          </Link>
        </>
      }
    >
      No event hub or consumer group has this name. A hub appears once it is configured; a group once a
      processor has claimed a partition or written a checkpoint.
    </Message>
  );
}

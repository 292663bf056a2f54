import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { buttonClass } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import { Message } from "#components/ui/message.tsx";
import { Link } from "#components/ui/text/link.tsx";
import { helpPagePath } from "#lib/client/help/help-pages.ts";
import { overviewPath } from "#lib/client/url/paths.ts";
import type { Role } from "#lib/core/access.ts";
import { AppError } from "#lib/core/app-error.ts";
import { admitAt, admitCaller, noteRefusal } from "#lib/server/access/admit-caller.ts";
import { decodePart } from "./address.ts";

interface Props {
  params?: Promise<{ hub?: string; group?: string }>;
}

/**
 * The only way to make a page, so that none is shown without a role. Otherwise the page says so instead of
 * its content.
 */
export function page<P extends object>(
  access: Role,
  render: (props: P) => ReactNode | Promise<ReactNode>,
): (props: P) => Promise<ReactNode> {
  return async (props) => {
    const { hub, group } = (await (props as Props).params) ?? {};
    const resource = { hub: decoded(hub), group: decoded(group) };
    try {
      admitAt({ access }, admitCaller({ access, changes: false }), resource);
      return await render(props);
    } catch (error) {
      noteRefusal(error, "openPage", resource);
      if (!(error instanceof AppError)) throw error;
      if (error.code === "notFound") notFound();
      if (error.code !== "forbidden" && error.code !== "unauthenticated") throw error;
      return <Refused message={error.message} />;
    }
  };
}

/** A help page, open to everybody: it must show nothing of the watched hubs. */
export function openPage<P extends object>(
  render: (props: P) => ReactNode | Promise<ReactNode>,
): (props: P) => ReactNode | Promise<ReactNode> {
  return render;
}

function decoded(part: string | undefined): string | undefined {
  return part === undefined ? undefined : decodePart(part);
}

function Refused({ message }: { message: string }) {
  return (
    <Message
      kind="failing"
      wholePage
      icon={<Icon name="shield-x" className="size-7" />}
      title="This page is not for your role"
      actions={
        <>
          <Link href={overviewPath} className={buttonClass("primary")}>
            All consumer groups
          </Link>
          <Link href={helpPagePath("sign-in", "what-each-role-may-do")} className={buttonClass()}>
            What each role may do
          </Link>
        </>
      }
    >
      {message}
    </Message>
  );
}

import { ShieldX } from "lucide-react";
import Link from "next/link";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { buttonClass } from "#components/ui/button.tsx";
import { Message } from "#components/ui/message.tsx";
import { overviewPath } from "#lib/client/url/paths.ts";
import type { Role } from "#lib/core/access.ts";
import { AppError } from "#lib/core/app-error.ts";
import { admitAt, admitCaller, noteRefusal } from "#lib/server/access/admit-caller.ts";
import { decodePart } from "./address.ts";

interface Props {
  params?: Promise<{ hub?: string; group?: string }>;
}

/**
 * A page, for those with a role: the one way to make one, so that none can be shown without it. Where the role
 * does not reach, the page says so in place of its content.
 */
export function page<P extends object>(
  access: Role,
  render: (props: P) => ReactNode | Promise<ReactNode>,
): (props: P) => Promise<ReactNode> {
  return async (props) => {
    const { hub, group } = (await (props as Props).params) ?? {};
    const place = { hub: decoded(hub), group: decoded(group) };
    try {
      admitAt({ access }, admitCaller({ access, changes: false }), place);
      return await render(props);
    } catch (error) {
      noteRefusal(error, "openPage", place);
      if (!(error instanceof AppError)) throw error;
      if (error.code === "notFound") notFound();
      if (error.code !== "forbidden" && error.code !== "unauthenticated") throw error;
      return <Refused message={error.message} />;
    }
  };
}

/** A page of the help, for everybody who reaches the dashboard: it must show nothing of what is watched. */
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
      icon={<ShieldX className="size-7" />}
      title="This page is not for your role"
      actions={
        <Link href={overviewPath} prefetch={false} className={buttonClass("primary")}>
          All consumer groups
        </Link>
      }
    >
      {message}
    </Message>
  );
}

import type { ReactNode } from "react";
import type { Role } from "#lib/core/access.ts";
import { decodePart } from "./address.ts";
import { type GroupPageProps, sourceUnread } from "./group-page.ts";
import { GroupUnread } from "./group-unread.tsx";
import { page } from "./page-access.tsx";

/** A page of one group: it waits for the reading that tells if there is such a group. */
export function groupPage<P extends GroupPageProps>(access: Role, render: (props: P) => Promise<ReactNode>) {
  return page<P>(access, async (props) => {
    const { hub, group } = await props.params;
    const { store } = await props.searchParams;
    const asked = { hub: decodePart(hub), group: decodePart(group) };
    const unread = sourceUnread(asked, typeof store === "string" ? store : undefined);
    return unread === null ? render(props) : <GroupUnread {...unread} />;
  });
}

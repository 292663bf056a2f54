import type { Metadata } from "next";
import type { Fault } from "#lib/api/errors.ts";
import { unreadSources } from "#lib/client/lag/first-reading.ts";
import { AppError } from "#lib/core/app-error.ts";
import { runtime } from "#lib/server/runtime.ts";
import { decodePart, found, nameIn } from "./address.ts";

export interface GroupPageProps {
  params: Promise<{ hub: string; group: string }>;
  searchParams: Promise<{ store?: string | string[] }>;
}

export async function groupOfPage({ params, searchParams }: GroupPageProps) {
  const { hub: hubPart, group: groupPart } = await params;
  const { store } = await searchParams;
  const hub = found(() => runtime().eventHub(decodePart(hubPart)));
  const named = typeof store === "string" ? store : undefined;
  const group = found(() => runtime().consumerGroup(hub.id, decodePart(groupPart), named));
  return { hub, group, address: { hub: hub.id, group: group.name, store: group.store } };
}

/** What must be read before anybody can say that a hub has no such group. Null: the group is known, or nothing. */
export function sourceUnread(
  { hub, group }: { hub: string | undefined; group: string | undefined },
  store?: string,
): { hub: string; group: string; source: string; error: Fault | null } | null {
  if (hub === undefined || group === undefined) return null;
  try {
    runtime().consumerGroup(hub, group, store);
    return null;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "notFound") throw error;
  }
  const unread = unreadSources([found(() => runtime().eventHub(hub))]).filter(
    (one) => store === undefined || one.store === null || one.store === store,
  );
  const first = unread.find(({ error }) => error !== null) ?? unread[0];
  if (first === undefined) return null;
  return { hub, group, source: first.store === null ? hub : `Store ${first.store}`, error: first.error };
}

export function titledByGroup(verb: string) {
  return async ({ params }: Pick<GroupPageProps, "params">): Promise<Metadata> => {
    const { hub: hubPart, group } = await params;
    const hub = nameIn(hubPart, (id) => runtime().eventHub(id).id);
    return { title: `${verb} ${nameIn(group, (name) => runtime().consumerGroup(hub, name).name)}` };
  };
}

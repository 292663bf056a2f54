import type { Metadata } from "next";
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

export function titledByGroup(verb: string) {
  return async ({ params }: Pick<GroupPageProps, "params">): Promise<Metadata> => {
    const { hub: hubPart, group } = await params;
    const hub = nameIn(hubPart, (id) => runtime().eventHub(id).id);
    return { title: `${verb} ${nameIn(group, (name) => runtime().consumerGroup(hub, name).name)}` };
  };
}

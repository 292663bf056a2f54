import type { Metadata } from "next";
import { runtime } from "#lib/server/runtime.ts";
import { nameIn } from "./address.ts";

export interface GroupPageProps {
  params: Promise<{ hub: string; group: string }>;
  searchParams: Promise<{ store?: string | string[] }>;
}

/** A page's `generateMetadata`: the title is the verb and the group's name. */
export function titledByGroup(verb: string) {
  return async ({ params }: Pick<GroupPageProps, "params">): Promise<Metadata> => {
    const { hub: hubPart, group } = await params;
    const hub = nameIn(hubPart, (id) => runtime().eventHub(id).id);
    return { title: `${verb} ${nameIn(group, (name) => runtime().consumerGroup(hub, name).name)}` };
  };
}

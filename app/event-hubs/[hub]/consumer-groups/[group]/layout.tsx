import type { ReactNode } from "react";
import { decodePart, found } from "#app/address.ts";
import { sourceUnread } from "#app/group-page.ts";
import { runtime } from "#lib/server/runtime.ts";

interface Props {
  params: Promise<{ hub: string; group: string }>;
  children: ReactNode;
}

// As in the hub's layout: an unknown group answers 404 before anything is streamed.
export default async function GroupLayout({ params, children }: Props) {
  const { hub, group } = await params;
  const asked = { hub: decodePart(hub), group: decodePart(group) };
  if (sourceUnread(asked) === null) found(() => runtime().consumerGroup(asked.hub, asked.group));
  return children;
}

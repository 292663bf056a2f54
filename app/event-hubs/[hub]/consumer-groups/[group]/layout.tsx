import type { ReactNode } from "react";
import { decodePart, found } from "#app/address.ts";
import { runtime } from "#lib/server/runtime.ts";

interface Props {
  params: Promise<{ hub: string; group: string }>;
  children: ReactNode;
}

// As in the hub's layout: an unknown group answers 404 before anything is streamed.
export default async function GroupLayout({ params, children }: Props) {
  const { hub, group } = await params;
  found(() => runtime().consumerGroup(decodePart(hub), decodePart(group)));
  return children;
}

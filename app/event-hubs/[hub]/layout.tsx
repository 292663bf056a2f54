import type { ReactNode } from "react";
import { decodePart, found } from "#app/address.ts";
import { runtime } from "#lib/server/runtime.ts";

interface Props {
  params: Promise<{ hub: string }>;
  children: ReactNode;
}

// Asked here, above what streams a loading state first: only so can an unknown name still answer 404.
export default async function HubLayout({ params, children }: Props) {
  const { hub } = await params;
  found(() => runtime().eventHub(decodePart(hub)));
  return children;
}

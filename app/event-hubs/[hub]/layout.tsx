import type { ReactNode } from "react";
import { decodePart, found } from "#app/address.ts";
import { runtime } from "#lib/server/runtime.ts";

interface Props {
  params: Promise<{ hub: string }>;
  children: ReactNode;
}

// Checked above anything that streams a loading state, so that an unknown name can still answer 404.
export default async function HubLayout({ params, children }: Props) {
  const { hub } = await params;
  found(() => runtime().eventHub(decodePart(hub)));
  return children;
}

import { dehydrate, QueryClient, type QueryKey } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { packed } from "#lib/client/http/packed.ts";
import { Unpacked } from "./unpacked.tsx";

export function Hydrate({
  data,
  children,
}: {
  data: readonly (readonly [QueryKey, unknown])[];
  children: ReactNode;
}) {
  const client = new QueryClient();
  for (const [key, value] of data) client.setQueryData(key, value);
  return <Unpacked state={packed(dehydrate(client))}>{children}</Unpacked>;
}

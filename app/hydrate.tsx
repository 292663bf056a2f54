import type { QueryKey } from "@tanstack/react-query";
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
  return <Unpacked carried={packed({ at: Date.now(), data })}>{children}</Unpacked>;
}

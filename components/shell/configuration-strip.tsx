"use client";

import { useQuery } from "@tanstack/react-query";
import type { Configuration } from "#lib/api/configuration.ts";
import { seldom } from "#lib/client/browser/seldom.ts";
import { configurationQuery } from "#lib/client/http/queries.ts";

const ConfigurationNotes = seldom(() =>
  import("./late/configuration-notes.tsx").then((m) => m.ConfigurationNotes),
);

export function ConfigurationStrip({ initial }: { initial: Configuration }) {
  const { data = initial } = useQuery({ ...configurationQuery(), initialData: initial });
  const { fault, needsRestart, heldEventHubs } = data;
  if (fault === null && needsRestart.length === 0 && heldEventHubs.length === 0) return null;
  return <ConfigurationNotes {...data} />;
}

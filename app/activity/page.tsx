import type { Metadata } from "next";
import { runtime } from "#lib/server/runtime.ts";
import { ActivityView } from "./activity-view.tsx";

export const metadata: Metadata = { title: "Activity" };

export default function ActivityPage() {
  const hubs = runtime()
    .overview()
    .eventHubs.map(({ id, consumerGroups }) => ({ id, groups: consumerGroups.map(({ name }) => name) }));
  return <ActivityView hubs={hubs} />;
}

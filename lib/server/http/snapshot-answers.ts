import type { z } from "zod";
import type { group, hub, store } from "#lib/api/operations/operation.ts";
import type { ScalingQuery } from "#lib/api/scaling.ts";
import { runtime } from "../runtime.ts";

interface OfHub {
  params: z.infer<typeof hub>;
}

interface OfGroup<Query = z.infer<typeof store>> {
  params: z.infer<typeof group>;
  query: Query;
}

export const snapshotAnswers = {
  getOverview: () => runtime().overview(),
  listEventHubs: () => runtime().eventHubs(),
  getEventHub: ({ params }: OfHub) => runtime().eventHub(params.hub),
  getConsumerGroup: ({ params, query }: OfGroup) =>
    runtime().consumerGroup(params.hub, params.group, query.store),
  getScaling: ({ params, query }: OfGroup<ScalingQuery>) =>
    runtime().scaling(params.hub, params.group, query),
  getDiagnosis: ({ params }: OfHub) => runtime().diagnosis(params.hub),
};

/** A group's own names: it is asked for in any casing, and where it stands in one store alone, without it. */
export function groupAsNamed(asked: OfGroup): { hub: string; group: string; store: string } {
  const { name, store } = snapshotAnswers.getConsumerGroup(asked);
  return { hub: asked.params.hub, group: name, store };
}

import type { z } from "zod";
import type { group, hub, store } from "#lib/api/operations/operation.ts";
import { runtime } from "../runtime.ts";

interface OfHub {
  params: z.infer<typeof hub>;
}

interface OfGroup {
  params: z.infer<typeof group>;
  query: z.infer<typeof store>;
}

export const snapshotAnswers = {
  getOverview: () => runtime().overview(),
  listEventHubs: () => runtime().eventHubs(),
  getEventHub: ({ params }: OfHub) => runtime().eventHub(params.hub),
  getConsumerGroup: ({ params, query }: OfGroup) =>
    runtime().consumerGroup(params.hub, params.group, query.store),
};

"use client";

import { Tooltips } from "#components/ui/tooltip.tsx";
import { describeMoment } from "#lib/client/format/moment.ts";
import { late } from "#lib/client/http/late.ts";

async function explain(key: string) {
  const [catalogue] = await late(() => Promise.all([import("#lib/client/help/explain.ts")]));
  return catalogue.explain(key);
}

/** Loaded after the page. */
export function ShownTooltips() {
  return <Tooltips describeMoment={describeMoment} explain={explain} />;
}

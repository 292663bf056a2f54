"use client";

import { Tooltips } from "#components/ui/tooltip.tsx";
import { describeMoment } from "#lib/client/format/moment.ts";

export function PageTooltips() {
  return <Tooltips describeMoment={describeMoment} />;
}

"use client";

import dynamic from "next/dynamic";
import { Suspense } from "react";
import { Waiting } from "#components/ui/waiting.tsx";
import { lateComponent } from "#lib/client/browser/late-component.ts";
import { late } from "#lib/client/http/late.ts";
import type { TimelineProps } from "./owner-timeline.tsx";

export const timelineHeight = 256;

const words = { label: "The owners are loading", title: "The owners can't be shown", height: timelineHeight };
const loading = <Waiting {...words} error={null} onRetry={() => {}} />;

const Again = lateComponent<TimelineProps>(
  () => import("./owner-timeline.tsx").then((m) => m.OwnerTimeline),
  () => loading,
  (error, tryAgain) => <Waiting {...words} error={error} onRetry={tryAgain} />,
);

// The server draws it where the address asks for it.
const Timeline = dynamic(() =>
  late(() => import("./owner-timeline.tsx"))
    .then((m) => m.OwnerTimeline)
    .catch(() => Again),
);

export const preloadTimeline = Again.preload;

/** Only who opens its tab needs it. */
export function LateTimeline(props: TimelineProps) {
  return (
    <Suspense fallback={loading}>
      <Timeline {...props} />
    </Suspense>
  );
}

"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrivingLines } from "#components/ui/arriving.tsx";
import type { Configuration } from "#lib/api/configuration.ts";
import { seldom } from "#lib/client/browser/seldom.ts";
import { configurationQuery } from "#lib/client/http/queries.ts";

const ConfigurationNotes = seldom(() =>
  import("./late/configuration-notes.tsx").then((m) => m.ConfigurationNotes),
);

export function ConfigurationStrip({ initial }: { initial: Configuration }) {
  const { data = initial } = useQuery({ ...configurationQuery(), initialData: initial });
  const { fault, needsRestart, heldEventHubs } = data;
  const here = [fault && "fault", needsRestart[0] && "restart", heldEventHubs[0] && "held"].filter(
    (key) => key !== null && key !== undefined,
  );
  return (
    <div className="mb-4 empty:hidden">
      <ArrivingLines
        here={here}
        over="The configuration is in effect."
        draw={(keys) => <ConfigurationNotes {...data} keys={keys.join()} />}
      />
    </div>
  );
}

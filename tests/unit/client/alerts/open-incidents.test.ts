import { expect, it } from "vitest";
import { openIncidentsText } from "#lib/client/alerts/open-incidents.ts";

it.each([
  [0, 0, "No open incidents"],
  [1, 1, "1 open incident, 1 neither acknowledged nor silenced"],
  [1_204, 1, "1,204 open incidents, 1 neither acknowledged nor silenced"],
  [3, 0, "3 open incidents, acknowledged or silenced"],
])(
  "says of %i open places, %i of them neither acknowledged nor silenced: %s",
  (openPlaces, unacknowledgedPlaces, text) => {
    expect(openIncidentsText({ openPlaces, unacknowledgedPlaces })).toBe(text);
  },
);

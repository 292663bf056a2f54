import { expect, it } from "vitest";
import { AppError } from "#lib/core/app-error.ts";
import { noteRefusal } from "#lib/server/access/admit-caller.ts";
import { scraperContext } from "#lib/server/access/door.ts";
import type { Refusal } from "#lib/server/access/refusals.ts";
import { withRequest } from "#lib/server/access/request-context.ts";
import { noSuchGroup, noSuchHub } from "#lib/server/queries.ts";
import { type Runtime, setRuntime } from "#lib/server/runtime.ts";
import { wholeRuntime } from "#tests/support/worlds/whole-runtime.ts";

const whole = wholeRuntime();
const only: Runtime = {
  ...whole,
  eventHub: (hub) => {
    if (hub !== "orders") throw noSuchHub(hub);
    return whole.eventHub(hub);
  },
  consumerGroup: (hub, group, store) => {
    if (group !== "billing") throw noSuchGroup(hub, group, store);
    return whole.consumerGroup(hub, group, store);
  },
};

it.each([
  ["orders", "billing", { hub: "orders", group: "billing" }],
  ["orders", "made up", { hub: "orders", group: null }],
  ["made up", "billing", { hub: "", group: null }],
  ["orders", undefined, { hub: "orders", group: null }],
  [undefined, undefined, { hub: "", group: null }],
])("a refusal at %s / %s is filed when there is something", (hub, group, place) => {
  setRuntime(() => only, "a build");
  const noted: Omit<Refusal, "actor">[] = [];
  const context = {
    ...scraperContext,
    refused: (refusal: Omit<Refusal, "actor">) => void noted.push(refusal),
  };
  withRequest(context, () => noteRefusal(new AppError("forbidden", "No."), "previewReset", { hub, group }));
  expect(noted).toEqual([{ action: "previewReset", ...place, code: "forbidden", message: "No." }]);
});

import type { operations } from "#lib/api/operations.ts";
import type { ErrorCode } from "#lib/core/app-error.ts";

/**
 * Who asks. `otherHub` and `otherGroup` are admins elsewhere: of another hub, and of another group of this one.
 * `readOnly`: an admin, where nothing may be changed.
 */
export const accounts = [
  "signedOut",
  "noRole",
  "viewer",
  "operator",
  "admin",
  "otherHub",
  "otherGroup",
  "readOnly",
] as const;
export type Account = (typeof accounts)[number];

/** The status of success, or the code of the refusal. */
export type Cell = number | ErrorCode;
type Cells = readonly [Cell, Cell, Cell, Cell, Cell, Cell, Cell, Cell];

const out = "unauthenticated";
const no = "forbidden";
const none = "notFound";
const fixed = "readOnly";
const gone = "planGone";

/** What each operation answers to each account, asked about the group billing of the hub orders. */
export const routeTable = {
  //                  signedOut noRole viewer operator admin otherHub otherGroup readOnly
  getOverview: /*      */ [out, no, 200, 200, 200, 200, 200, 200],
  listEventHubs: /*    */ [out, no, 200, 200, 200, 200, 200, 200],
  getEventHub: /*      */ [out, no, 200, 200, 200, none, 200, 200],
  getConsumerGroup: /* */ [out, no, 200, 200, 200, none, none, 200],
  getTrend: /*         */ [out, no, 200, 200, 200, none, none, 200],
  getDiagnosis: /*     */ [out, no, 200, 200, 200, none, no, 200],
  getHistory: /*       */ [out, no, 200, 200, 200, none, none, 200],
  getOwners: /*        */ [out, no, 200, 200, 200, none, none, 200],
  listIncidents: /*    */ [out, no, 200, 200, 200, 200, 200, 200],
  getAlerts: /*        */ [out, no, no, 200, 200, no, no, 200],
  testAlertChannel: /* */ [out, no, no, no, 202, no, no, 202],
  listActivity: /*     */ [out, no, 200, 200, 200, 200, 200, 200],
  readEvent: /*        */ [out, no, no, 200, 200, none, none, 200],
  listResets: /*       */ [out, no, 200, 200, 200, none, none, 200],
  previewReset: /*     */ [out, no, no, 200, 200, none, none, fixed],
  applyReset: /*       */ [out, no, no, no, gone, none, none, fixed],
  getPositions: /*     */ [out, no, no, 200, 200, none, none, 200],
  // A plan is its maker's alone; the read-only dashboard has a history of its own, and no reset in it.
  getResetPlan: /*     */ [out, no, no, none, 200, none, none, none],
  getReset: /*         */ [out, no, 200, 200, 200, none, none, none],
  undoReset: /*        */ [out, no, no, 200, 200, none, none, fixed],
  getMe: /*            */ [out, 200, 200, 200, 200, 200, 200, 200],
  signOut: /*          */ [out, 200, 200, 200, 200, 200, 200, 200],
  getStream: /*        */ [out, no, 200, 200, 200, none, 200, 200],
  getOpenApi: /*       */ [out, no, 200, 200, 200, 200, 200, 200],
  getHealth: /*        */ [200, 200, 200, 200, 200, 200, 200, 200],
  getReadiness: /*     */ [200, 200, 200, 200, 200, 200, 200, 200],
  getMetrics: /*       */ [out, no, 200, 200, 200, no, no, 200],
} satisfies Record<keyof typeof operations, Cells>;

/** What is asked beside the path. */
export const requests: Partial<Record<keyof typeof operations, { query?: string; body?: object }>> = {
  readEvent: { query: "?sequenceNumber=0" },
  getStream: { query: "?hub=orders" },
  previewReset: { body: { partitions: "all", target: { kind: "earliest" } } },
  applyReset: { body: { planId: "none", confirm: "billing" } },
};

/** A page as it is shown; `refused`: it says in its place that it is not for this role. */
type Shown = 200 | 401 | 403 | 404 | "refused";

/** What each page shows, by its folder below `app` without the parentheses. */
export const pageTable: Record<string, readonly Shown[]> = {
  //                                       signedOut noRole viewer operator admin otherHub otherGroup
  "/": /*                                          */ [401, 403, 200, 200, 200, 200, 200],
  "/activity": /*                                  */ [401, 403, 200, 200, 200, 200, 200],
  "/incidents": /*                                 */ [401, 403, 200, 200, 200, 200, 200],
  "/event-hubs/[hub]": /*                          */ [401, 403, 200, 200, 200, 404, 200],
  "/event-hubs/[hub]/diagnosis": /*                */ [401, 403, 200, 200, 200, 404, "refused"],
  "/event-hubs/[hub]/consumer-groups/[group]": /*  */ [401, 403, 200, 200, 200, 404, 404],
  "/event-hubs/[hub]/consumer-groups/[group]/reset": [401, 403, "refused", 200, 200, 404, 404],
  "/resets/[id]": /*                               */ [401, 403, 200, 200, 200, 404, 404],
  // The browser asks for the plan itself, and is told there that it is none of theirs.
  "/resets/plans/[id]": /*                         */ [401, 403, "refused", 200, 200, 200, 200],
};

/** Of `public`, what is open to everybody, as the page for those outside needs it; all else is for those inside. */
export const openFiles = /^(favicon\.ico|icons\/[a-z]+\.svg)$/;

import type { z } from "zod";
import { checkReasons } from "./checks/checks.ts";
import { networkReasons } from "./checks/network.ts";
import { notCheckedReasons } from "./checks/not-checked.ts";
import { remedyReasons } from "./checks/remedies.ts";
import { storeCheckReasons } from "./checks/store-checks.ts";
import { commonReasons } from "./common.ts";
import type { AnyReason } from "./declare.ts";
import { incidentReasons } from "./incidents.ts";
import { lagReasons } from "./lag.ts";
import { noteReasons } from "./notes.ts";
import { paceReasons } from "./pace.ts";
import { positionReasons } from "./positions.ts";
import { cleanupReasons } from "./resets/cleanups.ts";
import { groupMoveReasons } from "./resets/group-moves.ts";
import { liveReasons } from "./resets/live.ts";
import { liveEndReasons } from "./resets/live-end.ts";
import { moveReasons } from "./resets/moves.ts";
import { planBlockReasons } from "./resets/plan-blocks.ts";
import { planWarningReasons } from "./resets/plan-warnings.ts";
import { resetReasons } from "./resets/resets.ts";
import { watchReasons } from "./resets/watch.ts";
import { writeReasons } from "./resets/writes.ts";
import { statusReasons } from "./status.ts";

/** All codes by noun. Codes are stable: add, never rename. */
export const nouns = {
  common: commonReasons,
  positions: positionReasons,
  planBlocks: planBlockReasons,
  planWarnings: planWarningReasons,
  moves: moveReasons,
  groupMoves: groupMoveReasons,
  cleanups: cleanupReasons,
  resets: resetReasons,
  writes: writeReasons,
  watch: watchReasons,
  live: liveReasons,
  liveEnd: liveEndReasons,
  lag: lagReasons,
  status: statusReasons,
  notes: noteReasons,
  pace: paceReasons,
  incidents: incidentReasons,
  checks: checkReasons,
  storeChecks: storeCheckReasons,
  network: networkReasons,
  notChecked: notCheckedReasons,
  remedies: remedyReasons,
};

export const catalogue = {
  ...commonReasons,
  ...positionReasons,
  ...planBlockReasons,
  ...planWarningReasons,
  ...moveReasons,
  ...groupMoveReasons,
  ...cleanupReasons,
  ...resetReasons,
  ...writeReasons,
  ...watchReasons,
  ...liveReasons,
  ...liveEndReasons,
  ...lagReasons,
  ...statusReasons,
  ...noteReasons,
  ...paceReasons,
  ...incidentReasons,
  ...checkReasons,
  ...storeCheckReasons,
  ...networkReasons,
  ...notCheckedReasons,
  ...remedyReasons,
};

export type ReasonCode = keyof typeof catalogue;

type Declarations = typeof catalogue;

export type BareCode = {
  [Code in ReasonCode]: keyof Declarations[Code]["params"]["shape"] extends never ? Code : never;
}[ReasonCode];

type OwnParams<Code extends ReasonCode> = Code extends BareCode
  ? unknown
  : z.output<Declarations[Code]["params"]>;

/** `also`: further reasons, each told in its own sentence. */
export type ReasonParams<Code extends ReasonCode> = OwnParams<Code> & { also?: AnyReason[] };

/** Why something is as it is. The catalogue turns it into English, for the wire alone. */
export type Reason<Codes extends ReasonCode = ReasonCode> = {
  [Code in Codes]: { code: Code; params: ReasonParams<Code> };
}[Codes];

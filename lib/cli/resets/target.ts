import { z } from "zod";
import type { Target } from "#lib/api/target.ts";
import { usage } from "../failure.ts";
import { durationSchema, timeSchema, wholeNumber } from "../parse/time.ts";

export const targetShape = {
  toEarliest: z.literal(true).optional(),
  toLatest: z.literal(true).optional(),
  toDatetime: timeSchema.optional(),
  byDuration: durationSchema.optional(),
  shiftBy: wholeNumber.optional(),
  toSequenceNumber: wholeNumber.optional(),
  toGroup: z.string().min(1).optional(),
  fromFile: z.string().min(1).optional(),
};
const schema = z.object(targetShape);
type Given = z.output<typeof schema>;

export function targetOf(given: Given): Target | { file: string } {
  const named: (Target | { file: string } | false | undefined)[] = [
    given.toEarliest && { kind: "earliest" },
    given.toLatest && { kind: "latest" },
    given.toDatetime !== undefined && { kind: "time", value: given.toDatetime },
    given.byDuration !== undefined && { kind: "ago", seconds: given.byDuration },
    given.shiftBy !== undefined && { kind: "shift", by: given.shiftBy },
    given.toSequenceNumber !== undefined && { kind: "sequenceNumber", value: given.toSequenceNumber },
    given.toGroup !== undefined && { kind: "group", name: given.toGroup },
    given.fromFile !== undefined && { file: given.fromFile },
  ];
  const [target, ...others] = named.filter((one) => one !== undefined && one !== false);
  if (target === undefined)
    throw usage("Name where to: --to-earliest, --to-latest, --to-datetime …; see --help.");
  if (others.length > 0) throw usage("Name only one target.");
  return target;
}

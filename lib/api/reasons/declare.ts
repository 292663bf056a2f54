import { z } from "zod";
import { errorCodes } from "#lib/core/app-error.ts";

/** A reason of whatever code, where it stands within another or was stored. */
export interface AnyReason {
  code: string;
  params: Record<string, unknown>;
}

type Say = (reason: AnyReason) => string;

/** One code: what it carries, what it means, what to do about it, and its sentence. */
export interface Declared<Params extends z.ZodObject = z.ZodObject> {
  params: Params;
  /** For whoever reads the API's document. */
  meaning: string;
  /** Null: there is nothing to do. */
  remedy: string | null;
  /** @param say the sentence of a reason within the params */
  sentence: (params: z.output<Params>, say: Say) => string;
}

/** Declares one code. The sentence is whole: capital first, full stop last, what to do included. */
export function declare<Shape extends z.ZodRawShape>(
  shape: Shape,
  about: Omit<Declared<z.ZodObject<Shape>>, "params">,
): Declared<z.ZodObject<Shape>> {
  return { params: z.object(shape), ...about };
}

/** A reason that another one rests on. */
export const withinSchema: z.ZodType<AnyReason> = z.object({
  code: z.string(),
  params: z.record(z.string(), z.unknown()),
});

/** A failure outside: the code of the error, and its own message. */
export const errorShape = { errorCode: z.enum(errorCodes), errorMessage: z.string() };

export const count = z.int().nonnegative();
export const seconds = z.number().nonnegative();
export const sequenceNumber = z.int();
export const partitionIds = z.array(z.string());
export const time = z.iso.datetime();
/** Null: it is not known who. */
export const ownerId = z.string().nullable();

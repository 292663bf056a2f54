import { z } from "zod";
import { errorCodes } from "#lib/core/app-error.ts";
import type { OperationWords } from "./operation.ts";

export interface AnyReason {
  code: string;
  params: Record<string, unknown>;
}

type Say = (reason: AnyReason) => string;

export interface Declared<Params extends z.ZodObject = z.ZodObject> {
  params: Params;
  meaning: string;
  remedy: string | null;
  sentence: (params: z.output<Params>, say: Say, operation: OperationWords) => string;
}

/**
 * Declares one code. Its sentence is complete: capital first, full stop last, with what to do. What resets, moves,
 * clean-ups and undos share calls each by its own words.
 */
export function declare<Shape extends z.ZodRawShape>(
  shape: Shape,
  about: Omit<Declared<z.ZodObject<Shape>>, "params">,
): Declared<z.ZodObject<Shape>> {
  return { params: z.object(shape), ...about };
}

export const withinSchema: z.ZodType<AnyReason> = z.object({
  code: z.string(),
  params: z.record(z.string(), z.unknown()),
});

export const errorShape = { errorCode: z.enum(errorCodes), errorMessage: z.string() };

export const count = z.int().nonnegative();
export const seconds = z.number().nonnegative();
export const sequenceNumber = z.int();
export const partitionIds = z.array(z.string());
export const time = z.iso.datetime();
export const ownerId = z.string().nullable();

import type { z } from "zod";
import type { Operation } from "#lib/api/operations/operation.ts";
import { AppError } from "#lib/core/app-error.ts";
import { admitAt, admitCaller, noteRefusal } from "./admit-caller.ts";
import type { AdmittedCaller } from "./caller.ts";
import { issueSentence } from "./issue-sentence.ts";
import { currentRequest } from "./request-context.ts";

interface Given {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
}

export interface OperationInput<P, Q, B> {
  params: P;
  query: Q;
  body: B;
  caller: AdmittedCaller;
}

/**
 * Performs an operation like its route: checks role, scope and rate, parses the input, records refusals.
 * @throws AppError
 */
export async function perform<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType, T>(
  operation: Operation<P, Q, z.ZodType, B>,
  { params = {}, query = {}, body = {} }: Given,
  answer: (input: OperationInput<z.infer<P>, z.infer<Q>, z.infer<B>>) => T | Promise<T>,
): Promise<T> {
  return noting(operation, params, async () => {
    const admitted = admitTo(operation, params);
    return answer({
      ...admitted,
      query: parse(operation.query, query, "query"),
      body: parse(operation.body, body, "body"),
    });
  });
}

export function admitTo<P extends z.ZodObject>(
  operation: Operation<P>,
  pathParams: Record<string, unknown>,
): { caller: AdmittedCaller; params: z.infer<P> } {
  const caller = admitCaller(operation);
  const params = parse(operation.params, pathParams, "path");
  admitAt(operation, caller, params as { hub?: string; group?: string });
  if (operation.perMinute !== null) currentRequest().limit(operation.id, operation.perMinute);
  return { caller, params };
}

export async function noting<T>(
  operation: Pick<Operation, "id">,
  { hub, group }: Record<string, unknown>,
  act: () => Promise<T>,
): Promise<T> {
  try {
    return await act();
  } catch (error) {
    noteRefusal(error, operation.id, { hub: textOf(hub), group: textOf(group) });
    throw error;
  }
}

export function parse<S extends z.ZodType>(schema: S, value: unknown, where: string): z.infer<S> {
  const checked = schema.safeParse(value);
  if (!checked.success) {
    const faults = checked.error.issues.map((issue) => issueSentence(issue, value, where));
    throw new AppError("invalidRequest", faults.join(" "));
  }
  return checked.data;
}

function textOf(part: unknown): string | undefined {
  return typeof part === "string" ? part : undefined;
}

import { z } from "zod";
import type { AppError } from "#lib/core/app-error.ts";
import type { WireReason } from "../reason.ts";
import { type BareCode, catalogue, type Reason, type ReasonCode, type ReasonParams } from "./catalogue.ts";
import { type AnyReason, type Declared, withinSchema } from "./declare.ts";
import { type OperationWords, ofReset } from "./operation.ts";

type Given<Code extends ReasonCode> = Code extends BareCode ? [] : [params: ReasonParams<Code>];

/**
 * Makes a reason: `reason("checkpointGone", { blobName })`. Declare a new code in its noun's file beside this
 * one. Code passes reasons around; only `toWire` turns them into sentences, at the edge.
 */
export function reason<Code extends ReasonCode>(code: Code, ...[params]: Given<Code>): Reason<Code> {
  return { code, params: params ?? {} } as Reason<Code>;
}

export function failureOf({ code, message }: Pick<AppError, "code" | "message">): Reason<"failure"> {
  return reason("failure", { errorCode: code, errorMessage: message });
}

/** Combines reasons: the first, with the others as `also`. Null when there are none. */
export function joined(reasons: readonly (Reason | null)[]): Reason | null {
  const [first, ...others] = reasons.filter((one) => one !== null);
  if (first === undefined || others.length === 0) return first ?? null;
  const also = [...(first.params.also ?? []), ...others];
  return { ...first, params: { ...first.params, also } } as Reason;
}

/** Takes a reason out of combined ones: the same object where it is none of them, null where it is all. */
export function without(all: Reason | null, code: ReasonCode): Reason | null {
  if (all === null) return null;
  const { also = [], ...own } = all.params;
  const every = [{ ...all, params: own }, ...also] as Reason[];
  const rest = every.filter((one) => one.code !== code);
  return rest.length === every.length ? all : joined(rest);
}

/** @param operation what the reason is about, where it is about a plan or a reset */
export function sentenceOf({ code, params }: AnyReason, operation: OperationWords = ofReset): string {
  const declared: Declared | undefined = Object.hasOwn(catalogue, code)
    ? catalogue[code as ReasonCode]
    : undefined;
  if (declared === undefined) return typeof params.text === "string" ? params.text : code;
  const { also = [] } = params as { also?: AnyReason[] };
  const say = (within: AnyReason) => sentenceOf(within, operation);
  return [declared.sentence(params, say, operation), ...also.map(say)].join(" ");
}

export function toWire(reason: AnyReason, operation?: OperationWords): WireReason;
export function toWire(reason: AnyReason | null, operation?: OperationWords): WireReason | null;
export function toWire(reason: AnyReason | null, operation = ofReset): WireReason | null {
  if (reason === null) return null;
  const params = Object.entries(reason.params).map(([name, value]) => [name, wireParam(value, operation)]);
  return { code: reason.code, message: sentenceOf(reason, operation), params: Object.fromEntries(params) };
}

function wireParam(value: unknown, operation: OperationWords): unknown {
  if (Array.isArray(value)) return value.map((one) => wireParam(one, operation));
  const within = withinSchema.safeParse(value);
  return within.success ? toWire(within.data, operation) : value;
}

const storedSchema = z.object({
  code: z.string(),
  message: z.string().optional(),
  params: z.record(z.string(), z.unknown()),
});

/**
 * Reads a stored reason: the wire's form, or a plain sentence as version 0.1.0 stored it. A code or params
 * that this version does not know come back as `recorded` with the text.
 */
export function fromStored(value: unknown): Reason | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "string") return reason("recorded", { text: value });
  const stored = storedSchema.safeParse(value);
  if (!stored.success) return reason("recorded", { text: JSON.stringify(value) });
  const { code, message = code, params } = stored.data;
  const { also, ...own } = params;
  const declared: Declared | undefined = Object.hasOwn(catalogue, code)
    ? catalogue[code as ReasonCode]
    : undefined;
  const parsed = declared?.params.safeParse(own);
  if (parsed?.success !== true) return reason("recorded", { text: message });
  const others = Array.isArray(also) ? also.flatMap((one) => fromStored(one) ?? []) : [];
  const all = others.length === 0 ? parsed.data : { ...parsed.data, also: others };
  return { code, params: all } as Reason;
}

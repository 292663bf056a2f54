import { z } from "zod";
import { errorBodySchema } from "#lib/api/errors.ts";
import { catalogue } from "../reasons/catalogue.ts";
import { errorMeanings } from "../reasons/errors.ts";
import type { Operation } from "./operation.ts";
import { operations } from "./operations.ts";

type Json = Record<string, unknown>;

const reference = (id: string) => `#/components/schemas/${id}`;
const failureTexts: Record<number, string> = {
  400: "Bad input; each field is named.",
  401: "Nobody is signed in, or the API token is not good; 429 after many that were not.",
  403: "Not allowed.",
  404: "There is no such thing.",
  409: "A conflict: the message says with what.",
  413: "The body is too large.",
  429: "Too many at a time; try again later.",
  500: "The dashboard failed.",
  502: "Azure failed, or the issuer that people sign in at.",
  503: "Not ready yet, or the history's database can't be reached.",
};

export function openApiDocument(): Json {
  const paths: Record<string, Json> = {};
  for (const operation of Object.values<Operation>(operations)) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: describeOperation(operation) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Tidemark",
      version: "1",
      description:
        "Consumer lag and partition owners of Azure Event Hubs. Times are ISO 8601 UTC. A value that is not known is null, never 0.",
    },
    paths,
    components: {
      schemas: componentSchemas(),
      securitySchemes: {
        token: { type: "http", scheme: "bearer", description: "An API token of access.tokens." },
        session: {
          type: "apiKey",
          in: "cookie",
          name: "__Host-tidemark-session",
          description: "Of a browser; without `__Host-` where the dashboard is reached by plain http.",
        },
      },
    },
  };
}

function describeOperation(operation: Operation): Json {
  return {
    operationId: operation.id,
    summary: operation.summary,
    "x-access": operation.access,
    ...(operation.access === "public" ? {} : { security: [{ token: [] }, { session: [] }] }),
    parameters: [...parameters(operation.params, "path"), ...parameters(operation.query, "query")],
    ...(operation.method === "get"
      ? {}
      : { requestBody: { content: { "application/json": { schema: schemaOf(operation.body) } } } }),
    responses: {
      [operation.status]: {
        description: operation.status === 202 ? "Begun." : "OK",
        content: { [operation.contentType]: { schema: schemaOf(operation.answer) } },
      },
      ...Object.fromEntries(failuresOf(operation).map((status) => [status, failure(status)])),
    },
  };
}

/** Public operations fail with 401 and 403 too: a bad token, an unknown host name. */
function failuresOf({ method, perMinute, failures }: Operation): number[] {
  const ofBody = method === "get" ? [] : [413];
  const ofLimit = perMinute === null ? [] : [429];
  return [...new Set([400, 401, 403, ...failures, ...ofBody, ...ofLimit, 500])];
}

function failure(status: number): Json {
  return {
    description: failureTexts[status] ?? "Failed.",
    content: { "application/json": { schema: { $ref: reference("Error") } } },
  };
}

function parameters(schema: z.ZodObject, where: "path" | "query"): Json[] {
  return Object.entries(schema.shape).map(([name, field]) => ({
    name,
    in: where,
    required: where === "path",
    schema: bare(field as z.ZodType),
  }));
}

function schemaOf(schema: z.ZodType): Json {
  const id = z.globalRegistry.get(schema)?.id;
  return id === undefined ? bare(schema) : { $ref: reference(id) };
}

function bare(schema: z.ZodType): Json {
  const { $schema: _, $defs: _d, ...rest } = toJson(schema, "input");
  return rest;
}

function componentSchemas(): Json {
  const mentioned = Object.values<Operation>(operations).flatMap(({ body, answer }) => [body, answer]);
  // Not zod's whole registry: all bundled copies of this module share it.
  const all = z.object({ all: z.union([errorBodySchema, ...mentioned]) });
  const named = toJson(all, "output").$defs as Record<string, Json>;
  const schemas = Object.fromEntries(Object.entries(named).map(([id, { id: _, ...schema }]) => [id, schema]));
  return {
    ...schemas,
    Error: { ...schemas.Error, "x-codes": errorMeanings },
    Reason: { ...schemas.Reason, "x-codes": reasonCodes() },
  };
}

function reasonCodes(): Json {
  const codes = Object.entries(catalogue).map(([code, { meaning, remedy, params }]) => {
    const { $schema: _, ...shape } = z.toJSONSchema(params) as Json;
    return [code, { meaning, remedy, params: shape }];
  });
  return Object.fromEntries(codes);
}

function toJson(schema: z.ZodType, io: "input" | "output"): Json {
  const text = JSON.stringify(z.toJSONSchema(schema, { io }));
  return JSON.parse(text.replaceAll('"#/$defs/', `"${reference("")}`)) as Json;
}

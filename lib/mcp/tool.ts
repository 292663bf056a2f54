import type {
  CallToolResult,
  InputRequiredResult,
  McpServer,
  ServerContext,
} from "@modelcontextprotocol/server";
import type { z } from "zod";
import { AppError } from "#lib/core/app-error.ts";
import { type RequestContext, withRequest } from "#lib/server/access/request-context.ts";
import { log } from "#lib/server/http/log.ts";
import { dataBlock, dataNotice } from "./data-block.ts";

export interface ToolWorld {
  request: RequestContext;
  origin: string;
}

export interface Found {
  text: string;
  data: unknown;
  page: string;
}

interface Tool<Input extends z.ZodObject> {
  name: string;
  title: string;
  description: string;
  input: Input;
  isReadOnly: boolean;
  isDestructive?: boolean;
  answer(input: z.infer<Input>, context: ServerContext): Promise<Found | InputRequiredResult>;
}

/** Registers a tool that answers with our own text and one block of data. Refusals read like the API's. */
export function register<Input extends z.ZodObject>(
  server: McpServer,
  world: ToolWorld,
  { name, title, description, input, isReadOnly, isDestructive = false, answer }: Tool<Input>,
): void {
  const annotations = {
    title,
    readOnlyHint: isReadOnly,
    destructiveHint: isDestructive,
    idempotentHint: isReadOnly,
    openWorldHint: false,
  };
  const call = async (
    given: unknown,
    context: ServerContext,
  ): Promise<CallToolResult | InputRequiredResult> => {
    try {
      const found = await withRequest(world.request, () => answer(given as z.infer<Input>, context));
      return isQuestion(found) ? found : toResult(found, world.origin);
    } catch (error) {
      return refusal(name, error);
    }
  };
  server.registerTool(name, { title, description, inputSchema: input as z.ZodObject, annotations }, call);
}

function isQuestion(found: Found | InputRequiredResult): found is InputRequiredResult {
  return "inputRequests" in found;
}

function toResult({ text, data, page }: Found, origin: string): CallToolResult {
  return {
    content: [
      { type: "text", text: `${text}\nPage: ${origin}${page}` },
      { type: "text", text: `${dataNotice}\n${dataBlock(data)}`, _meta: { "tidemark/untrusted": true } },
    ],
  };
}

/** Messages may repeat names. Anything but an AppError is our own fault and stays inside. */
function refusal(name: string, error: unknown): CallToolResult {
  const known = error instanceof AppError ? error : null;
  if (known === null) log.error({ err: error, tool: name }, "A tool failed inside the dashboard.");
  const told = {
    code: known?.code ?? "internal",
    message: known?.message ?? "Something failed inside the dashboard; its log has the details.",
    ...(known?.retryAfterSeconds != null && { retryAfterSeconds: known.retryAfterSeconds }),
  };
  return {
    isError: true,
    content: [
      { type: "text", text: `Refused: ${told.code}.` },
      { type: "text", text: `${dataNotice}\n${dataBlock(told)}`, _meta: { "tidemark/untrusted": true } },
    ],
  };
}

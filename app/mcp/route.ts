import { answerMcp } from "#lib/mcp/handler.ts";
import { everyMethod } from "#lib/server/http/route.ts";

export const { GET, POST, PUT, PATCH, DELETE } = everyMethod((request) => answerMcp(request));

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";

export const routingKey = "0123456789abcdef0123456789abcdef";
export const apiKey = "11111111-2222-3333-4444-555555555555";

interface Answer {
  status: number;
  headers?: Record<string, string>;
}

export interface AlertService {
  url: string;
  taken: { call: string; body: Record<string, unknown> }[];
  /** The answers to the next requests, used before anything is accepted. */
  answers: Answer[];
  refused: number[];
}

/** Acts like PagerDuty's documented Events API v2: 202, 400 for what it can't read, 429 with Retry-After. */
export function startPagerDuty(): Promise<AlertService> {
  return startService((call, body) => {
    const { routing_key, event_action, dedup_key, payload } = body;
    if (call !== "POST /v2/enqueue") return 404;
    if (routing_key !== routingKey || typeof dedup_key !== "string" || dedup_key.length > 255) return 400;
    if (event_action === "acknowledge" || event_action === "resolve") return 202;
    const { summary, source, severity } = (payload ?? {}) as Record<string, unknown>;
    const isTold = typeof summary === "string" && summary.length <= 1_024 && typeof source === "string";
    const isSeverity = ["critical", "error", "warning", "info"].includes(String(severity));
    return event_action === "trigger" && isTold && isSeverity ? 202 : 400;
  });
}

/** Acts like Opsgenie's documented Alert API: 202, 401 without its key, 422 for what it can't read. */
export function startOpsgenie(): Promise<AlertService> {
  return startService((call, body, authorization) => {
    if (authorization !== `GenieKey ${apiKey}`) return 401;
    if (/^POST \/v2\/alerts\/[^/?]+\/(close|acknowledge)\?identifierType=alias$/.test(call)) return 202;
    if (call !== "POST /v2/alerts") return 404;
    const { message, alias } = body;
    const isRead = typeof message === "string" && message.length <= 130;
    return isRead && typeof alias === "string" && alias.length <= 512 ? 202 : 422;
  });
}

async function startService(
  judge: (call: string, body: Record<string, unknown>, authorization: string | undefined) => number,
): Promise<AlertService> {
  const server = createServer(async (request, response) => {
    const body = JSON.parse(await text(request)) as Record<string, unknown>;
    const call = `${request.method} ${request.url}`;
    const answer = service.answers.shift() ?? { status: judge(call, body, request.headers.authorization) };
    if (answer.status === 202) service.taken.push({ call, body });
    else service.refused.push(answer.status);
    response.writeHead(answer.status, { "content-type": "application/json", ...answer.headers }).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const service: AlertService = { url: `http://127.0.0.1:${port}`, taken: [], answers: [], refused: [] };
  return service;
}

import { isIP } from "node:net";
import tls from "node:tls";
import type { ConnectAnswer, ConnectAttempt, HubReach } from "#lib/core/hub-reading.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { readEventHubsConnectionString } from "./connection-string.ts";
import type { HubConnection } from "./hub-client.ts";
import { isRefusedCertificate } from "./to-hub-error.ts";
import { createWebSockets } from "./web-socket.ts";

const notBeforeMs = 60_000;

/**
 * Looks for open ways in the background, at most once a minute; never throws. `last`: null before a look,
 * after a success, and for emulators.
 */
export interface ReachProbe {
  readonly last: HubReach | null;
  look(now: EpochMs): void;
  forget(): void;
}

export function createReachProbe(connection: HubConnection): ReachProbe {
  const address = addressOf(connection);
  let last: HubReach | null = null;
  let lookedAt: EpochMs | null = null;
  return {
    get last() {
      return last;
    },
    look(now) {
      if (address === null || (lookedAt !== null && now - lookedAt < notBeforeMs)) return;
      lookedAt = now;
      void tryWays(address).then((found) => {
        // Not if the namespace answered meanwhile.
        if (lookedAt === now) last = found;
      });
    },
    forget() {
      last = null;
      lookedAt = null;
    },
  };
}

export interface NamespaceAddress {
  host: string;
  amqpPort: number;
  webSocketPort: number;
}

function addressOf({
  connectionString,
  fullyQualifiedNamespace,
  transport,
}: HubConnection): NamespaceAddress | null {
  const usual = { amqpPort: 5671, webSocketPort: 443 };
  if (connectionString === undefined) {
    return fullyQualifiedNamespace === undefined ? null : { host: fullyQualifiedNamespace, ...usual };
  }
  const address = readEventHubsConnectionString(connectionString);
  if ("fault" in address || address.isDevelopmentEmulator) return null;
  const own =
    address.port === null
      ? {}
      : { [transport === "webSockets" ? "webSocketPort" : "amqpPort"]: address.port };
  return { host: address.fullyQualifiedNamespace, ...usual, ...own };
}

export async function tryWays(
  { host, amqpPort, webSocketPort }: NamespaceAddress,
  limitMs = 5_000,
): Promise<HubReach> {
  const [amqp, webSockets] = await Promise.all([
    tryTls(host, amqpPort, limitMs),
    tryWebSocket(host, webSocketPort, limitMs),
  ]);
  return { amqp, webSockets };
}

function tryTls(host: string, port: number, limitMs: number): Promise<ConnectAttempt> {
  return within(port, limitMs, (end) => {
    const socket = tls.connect({ host, port, ...(isIP(host) === 0 && { servername: host }) });
    socket.once("secureConnect", () => end("open", null));
    socket.on("error", (error) => end(answerOf(error), codeOf(error)));
    return () => socket.destroy();
  });
}

function tryWebSocket(host: string, port: number, limitMs: number): Promise<ConnectAttempt> {
  return within(port, limitMs, (end) => {
    const Socket = createWebSockets().options.webSocketOptions.webSocket;
    const socket = new Socket(`wss://${host}:${port}/$servicebus/websocket`, "AMQPWSB10");
    socket.once("open", () => end("open", null));
    socket.on("unexpected-response", (_, response) => end("closed", String(response.statusCode)));
    socket.on("error", (error) => end(answerOf(error), codeOf(error)));
    return () => socket.terminate();
  });
}

type End = (answer: ConnectAnswer, code: string | null) => void;

function within(port: number, limitMs: number, begin: (end: End) => () => void): Promise<ConnectAttempt> {
  return new Promise((resolve) => {
    const end: End = (answer, code) => {
      clearTimeout(timer);
      resolve({ port, answer, code });
      setImmediate(() => stop());
    };
    const timer = setTimeout(() => end("silent", null), limitMs);
    const stop = begin(end);
  });
}

function answerOf(error: Error): ConnectAnswer {
  const code = codeOf(error);
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "nameUnknown";
  if (code === "ETIMEDOUT") return "silent";
  return isRefusedCertificate(error) ? "certificate" : "closed";
}

function codeOf(error: Error): string {
  const code = "code" in error && typeof error.code === "string" ? error.code : error.name;
  const status = code === "ERR_PROXY_TUNNEL" ? /(?<![:.\d])[45]\d\d\b/.exec(error.message)?.[0] : undefined;
  return status ?? code;
}

import { z } from "zod";
import { declare } from "../declare.ts";

const namespace = z.string();
const port = z.int();
const code = z.string().nullable();
const transport = z.enum(["amqp", "webSockets"]);
const see = "See the check's own `remedy`.";
const bare = (meaning: string, sentence: string) =>
  declare({}, { meaning, remedy: null, sentence: () => sentence });

const within = (text: string | null) => (text === null ? "" : ` (${text})`);

export const networkReasons = {
  namespaceUnknown: declare(
    { namespace },
    {
      meaning: "The namespace's name can't be resolved.",
      remedy: see,
      sentence: ({ namespace: name }) => `${name} can't be resolved: this machine's DNS does not know it.`,
    },
  ),
  certificateRefused: declare(
    { namespace, port, errorCode: code },
    {
      meaning: "The namespace was reached, and its certificate was refused.",
      remedy: see,
      sentence: ({ namespace: name, port: at, errorCode }) =>
        `The certificate of ${name} was refused on port ${at}${within(errorCode)}.`,
    },
  ),
  portClosed: declare(
    {
      namespace,
      transport,
      port,
      errorCode: code,
      otherPort: port,
      otherGetsThrough: z.boolean(),
      otherErrorCode: code,
    },
    {
      meaning:
        "The port of the hub's `transport` is closed, or nothing answers there; `other…` tells of the other transport.",
      remedy: see,
      sentence: (seen) => {
        const isAmqp = seen.transport === "amqp";
        const own = isAmqp ? `Port ${seen.port}` : `WebSockets on port ${seen.port}`;
        const how = isAmqp ? "can't be reached from here" : "do not get through from here";
        const other = isAmqp ? `WebSockets on port ${seen.otherPort}` : `AMQP on port ${seen.otherPort}`;
        const does = isAmqp ? "do" : "does";
        const otherHow = seen.otherGetsThrough
          ? `${other} ${isAmqp ? "get" : "gets"} through`
          : `${other} ${does} not get through either${within(seen.otherErrorCode)}`;
        return `${own} of ${seen.namespace} ${how}${within(seen.errorCode)}, and ${otherHow}.`;
      },
    },
  ),
  correctNamespaceName: bare(
    "The namespace's name can't be resolved.",
    "Correct the namespace's name. For a private endpoint, let this machine use the private DNS zone that has it.",
  ),
  trustAuthority: bare(
    "The namespace's certificate is refused.",
    "If a private authority or a proxy signed it, put that authority's certificate into NODE_EXTRA_CA_CERTS and restart the dashboard. If the certificate is for another name, correct the namespace.",
  ),
  useWebSockets: bare(
    "Port 5671 is closed, and WebSockets get through.",
    'Set "transport": "webSockets" for this hub, or have port 5671 opened.',
  ),
  useAmqp: bare(
    "WebSockets do not get through, and port 5671 is open.",
    'Set "transport": "amqp" for this hub, or have WebSockets let through on port 443.',
  ),
  openPort: bare(
    "Neither port 5671 nor WebSockets get through.",
    'Have port 5671 opened, or port 443 with "transport": "webSockets"; if a proxy leads outside, name it in HTTPS_PROXY and use WebSockets. Check private endpoints.',
  ),
  correctProxy: bare(
    "The proxy asks for another user or password.",
    "Correct the proxy's user and password in HTTPS_PROXY, and start the dashboard again.",
  ),
};

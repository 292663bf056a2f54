import { networkReasons } from "#lib/api/reasons/checks/network.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { tellsEach } from "../tells-each.ts";

const namespace = "contoso.servicebus.windows.net";
const amqp = { namespace, transport: "amqp" as const, port: 5671, otherPort: 443 };
const webSockets = { namespace, transport: "webSockets" as const, port: 443, otherPort: 5671 };

tellsEach("ways to a namespace", networkReasons, [
  [
    reason("namespaceUnknown", { namespace }),
    `${namespace} can't be resolved: this machine's DNS does not know it.`,
  ],
  [
    reason("certificateRefused", { namespace, port: 5671, errorCode: "CERT_HAS_EXPIRED" }),
    `The certificate of ${namespace} was refused on port 5671 (CERT_HAS_EXPIRED).`,
  ],
  [
    reason("portClosed", { ...amqp, errorCode: null, otherGetsThrough: true, otherErrorCode: null }),
    `Port 5671 of ${namespace} can't be reached from here, and WebSockets on port 443 get through.`,
  ],
  [
    reason("portClosed", {
      ...amqp,
      errorCode: "ECONNREFUSED",
      otherGetsThrough: false,
      otherErrorCode: "407",
    }),
    `Port 5671 of ${namespace} can't be reached from here (ECONNREFUSED), and WebSockets on port 443 do not get through either (407).`,
  ],
  [
    reason("portClosed", { ...webSockets, errorCode: "403", otherGetsThrough: true, otherErrorCode: null }),
    `WebSockets on port 443 of ${namespace} do not get through from here (403), and AMQP on port 5671 gets through.`,
  ],
  [
    reason("portClosed", { ...webSockets, errorCode: null, otherGetsThrough: false, otherErrorCode: null }),
    `WebSockets on port 443 of ${namespace} do not get through from here, and AMQP on port 5671 does not get through either.`,
  ],
  [
    reason("correctNamespaceName"),
    "Correct the namespace's name. For a private endpoint, let this machine use the private DNS zone that has it.",
  ],
  [
    reason("trustAuthority"),
    "If a private authority or a proxy signed it, put that authority's certificate into NODE_EXTRA_CA_CERTS and restart the dashboard. If the certificate is for another name, correct the namespace.",
  ],
  [reason("useWebSockets"), 'Set "transport": "webSockets" for this hub, or have port 5671 opened.'],
  [reason("useAmqp"), 'Set "transport": "amqp" for this hub, or have WebSockets let through on port 443.'],
  [
    reason("openPort"),
    'Have port 5671 opened, or port 443 with "transport": "webSockets"; if a proxy leads outside, name it in HTTPS_PROXY and use WebSockets. Check private endpoints.',
  ],
  [
    reason("correctProxy"),
    "Correct the proxy's user and password in HTTPS_PROXY, and start the dashboard again.",
  ],
]);

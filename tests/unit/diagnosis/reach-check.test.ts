import { expect, it } from "vitest";
import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { AppError } from "#lib/core/app-error.ts";
import type { ConnectAttempt, HubReach } from "#lib/core/hub-reading.ts";
import { like } from "#tests/support/fixtures/reasons.ts";
import { configured, diagnosed } from "./diagnosed.ts";

const namespace = configured.fullyQualifiedNamespace;
const at = (port: number, answer: ConnectAttempt["answer"], code: string | null = null) => ({
  port,
  answer,
  code,
});
const ways = (
  amqp: [ConnectAttempt["answer"], string?],
  webSockets: [ConnectAttempt["answer"], string?],
) => ({
  amqp: at(5671, ...amqp),
  webSockets: at(443, ...webSockets),
});

async function namespaceCheck(reach: HubReach | null, transport: "amqp" | "webSockets" = "amqp") {
  const { check } = await diagnosed({
    config: { transport },
    monitored: {
      hub: {
        read: () => Promise.reject(new AppError("azureTimeout", "It took too long.")),
        reach: () => reach,
        close: async () => {},
      },
    },
  });
  return check("namespace");
}

const closed = { namespace, transport: "amqp" as const, port: 5671, otherPort: 443 };

it.each<[string, HubReach, Reason, Reason["code"]]>([
  [
    "a port that drops everything, where WebSockets get through",
    ways(["silent"], ["open"]),
    reason("portClosed", { ...closed, errorCode: null, otherGetsThrough: true, otherErrorCode: null }),
    "useWebSockets",
  ],
  [
    "a name that the proxy alone knows",
    ways(["nameUnknown", "ENOTFOUND"], ["open"]),
    reason("portClosed", { ...closed, errorCode: "ENOTFOUND", otherGetsThrough: true, otherErrorCode: null }),
    "useWebSockets",
  ],
  [
    "a wrong name",
    ways(["nameUnknown", "ENOTFOUND"], ["nameUnknown", "ENOTFOUND"]),
    reason("namespaceUnknown", { namespace }),
    "correctNamespaceName",
  ],
  [
    "a wrong name, which the proxy says",
    ways(["nameUnknown", "ENOTFOUND"], ["closed", "502"]),
    reason("namespaceUnknown", { namespace }),
    "correctNamespaceName",
  ],
  [
    "a refused certificate",
    ways(["certificate", "SELF_SIGNED_CERT_IN_CHAIN"], ["open"]),
    reason("certificateRefused", { namespace, port: 5671, errorCode: "SELF_SIGNED_CERT_IN_CHAIN" }),
    "trustAuthority",
  ],
  [
    "a closed port behind a proxy that opens TLS",
    ways(["closed", "ECONNREFUSED"], ["certificate", "SELF_SIGNED_CERT_IN_CHAIN"]),
    reason("portClosed", {
      ...closed,
      errorCode: "ECONNREFUSED",
      otherGetsThrough: false,
      otherErrorCode: "SELF_SIGNED_CERT_IN_CHAIN",
    }),
    "trustAuthority",
  ],
  [
    "a proxy that wants another password",
    ways(["silent"], ["closed", "407"]),
    reason("portClosed", { ...closed, errorCode: null, otherGetsThrough: false, otherErrorCode: "407" }),
    "correctProxy",
  ],
  [
    "no way at all",
    ways(["silent"], ["silent"]),
    reason("portClosed", { ...closed, errorCode: null, otherGetsThrough: false, otherErrorCode: null }),
    "openPort",
  ],
])("tells %s", async (_, reach, detail, remedy) => {
  expect(await namespaceCheck(reach)).toMatchObject({
    state: "fail",
    detail: like(detail.code, detail.params),
    remedy: { code: remedy },
  });
});

it("offers port 5671 when WebSockets are closed", async () => {
  const check = await namespaceCheck(ways(["open"], ["closed", "403"]), "webSockets");
  expect(check).toMatchObject({
    detail: { code: "portClosed", params: { port: 443, otherPort: 5671, otherGetsThrough: true } },
    remedy: { code: "useAmqp" },
  });
});

it.each([null, ways(["open"], ["silent"])])(
  "tells the failure itself when the way is open or unknown",
  async (reach) => {
    expect(await namespaceCheck(reach)).toMatchObject({
      detail: { code: "checkFailed", params: { errorCode: "azureTimeout" } },
      remedy: { code: "checkNetwork" },
    });
  },
);

import type { Check } from "#lib/api/diagnosis.ts";
import type { Fault } from "#lib/api/errors.ts";
import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import type { ConnectAttempt, HubReach } from "#lib/core/hub-reading.ts";
import { fail, type Outcome, type Subject } from "./check.ts";
import type { DiagnosedHub } from "./subject-hub.ts";

export function unreachedCheck(
  subject: Subject,
  hub: DiagnosedHub,
  fault: Fault,
  reach: HubReach | null,
): Check {
  const seen = reach === null ? null : explain(hub, reach);
  const detail = reason("checkFailed", { errorCode: fault.code, errorMessage: fault.message });
  return fail(subject, seen ?? { detail, remedy: reason("checkNetwork") });
}

/** Null: the way is open, so something else is wrong. */
function explain(
  { transport, fullyQualifiedNamespace: namespace }: DiagnosedHub,
  reach: HubReach,
): Outcome | null {
  const isAmqp = transport === "amqp";
  const [own, other] = isAmqp ? [reach.amqp, reach.webSockets] : [reach.webSockets, reach.amqp];
  if (own.answer === "open") return null;
  if (own.answer === "certificate") {
    const detail = reason("certificateRefused", { namespace, port: own.port, errorCode: own.code });
    return { detail, remedy: reason("trustAuthority") };
  }
  const isOpen = other.answer === "open";
  // A proxy may resolve names that this machine can't.
  if (own.answer === "nameUnknown" && !isOpen && other.code !== "407") {
    return { detail: reason("namespaceUnknown", { namespace }), remedy: reason("correctNamespaceName") };
  }
  return {
    detail: reason("portClosed", {
      namespace,
      transport,
      port: own.port,
      errorCode: own.code,
      otherPort: other.port,
      otherGetsThrough: isOpen,
      otherErrorCode: other.code,
    }),
    remedy: remedyFor(isAmqp, own, other),
  };
}

function remedyFor(isAmqp: boolean, own: ConnectAttempt, other: ConnectAttempt): Reason {
  if (other.answer === "open") return reason(isAmqp ? "useWebSockets" : "useAmqp");
  if ([own, other].some(({ code }) => code === "407")) return reason("correctProxy");
  // A proxy that intercepts TLS shows its own certificate.
  return reason(other.answer === "certificate" ? "trustAuthority" : "openPort");
}

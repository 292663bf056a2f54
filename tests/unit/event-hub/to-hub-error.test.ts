import { MessagingError } from "@azure/event-hubs";
import { expect, it } from "vitest";
import { AppError } from "#lib/core/app-error.ts";
import { toHubError } from "#lib/event-hub/to-hub-error.ts";

const target = { fullyQualifiedNamespace: "contoso.servicebus.windows.net", eventHubName: "orders" };

function messagingError(code: string, message = "It failed."): MessagingError {
  return Object.assign(new MessagingError(message), { code });
}

function named(name: string): Error {
  return Object.assign(new Error("It failed."), { name });
}

it.each([
  [messagingError("UnauthorizedError"), "azureUnauthorized", false, /Azure Event Hubs Data Receiver/],
  [named("AggregateAuthenticationError"), "azureUnauthorized", false, /No Azure identity/],
  [named("CredentialUnavailableError"), "azureUnauthorized", false, /No Azure identity was found/],
  [
    messagingError("MessagingEntityNotFoundError"),
    "eventHubNotFound",
    false,
    /no event hub orders in contoso/,
  ],
  [messagingError("ServiceCommunicationError"), "eventHubNotFound", false, /check eventHubName/],
  [messagingError("ServerBusyError"), "azureThrottled", true, /throughput units/],
  [messagingError("OperationTimeoutError"), "azureTimeout", true, /did not answer in time/],
  [messagingError("ServiceUnavailableError"), "azureTimeout", true, /did not answer in time/],
  [named("AbortError"), "azureTimeout", true, /did not answer in time/],
  [new DOMException("", "TimeoutError"), "azureTimeout", true, /did not answer in time/],
  [messagingError("ECONNREFUSED"), "azureUnreachable", true, /can't be reached \(ECONNREFUSED: It failed\)/],
  [messagingError("ENOTFOUND"), "azureUnreachable", true, /private endpoints/],
  [messagingError("ConnectionForcedError"), "azureUnreachable", true, /port 5671/],
  [
    messagingError("DecodeError"),
    "azureFailed",
    true,
    /^Reading event hub orders in \S+ failed \(DecodeError: It failed\)\.$/,
  ],
  [new TypeError("No."), "azureFailed", false, /failed \(TypeError: No\)/],
  ["a string", "azureFailed", false, /^Reading event hub orders in \S+ failed\.$/],
])("%s is %s", (error, code, retryable, message) => {
  const mapped = toHubError(error, target);
  expect(mapped).toMatchObject({ name: "AppError", code, retryable, cause: error });
  expect(mapped.message).toMatch(message);
});

it("finds the reason in bundled failures: retries, and attempts on several addresses", () => {
  const refused = new AggregateError([messagingError("ECONNREFUSED", "::1"), messagingError("ECONNREFUSED")]);
  const retries = new AggregateError([messagingError("OperationTimeoutError"), refused]);
  expect(toHubError(retries, target).code).toBe("azureUnreachable");
  expect(toHubError(new AggregateError([]), target).code).toBe("azureFailed");
});

it("names the partition if given, and leaves a mapped error as it is", () => {
  const busy = toHubError(messagingError("ServerBusyError"), { ...target, partitionId: "7" });
  expect(busy.message).toContain("partition 7 of event hub orders");
  const mapped = new AppError("azureFailed", "Known.");
  expect(toHubError(mapped, target)).toBe(mapped);
});

it("repeats no secret of a message", () => {
  const error = new Error(
    "Endpoint=sb://a;SharedAccessKey=topsecret=;x SharedAccessSignature sr=a&sig=topsecret&se=1",
  );
  const { message } = toHubError(error, target);
  expect(message).not.toContain("topsecret");
  expect(message).toContain("SharedAccessKey=…;x");
});

it("tells users of a connection string about its policy, not about roles", () => {
  const refused = Object.assign(new Error("no"), { name: "UnauthorizedError" });
  const where = { fullyQualifiedNamespace: "contoso.servicebus.windows.net", eventHubName: "orders" };
  expect(toHubError(refused, where).message).toContain("the role Azure Event Hubs Data Receiver");
  const { message } = toHubError(refused, { ...where, usesConnectionString: true });
  expect(message).toContain("Listen right");
  expect(message).not.toContain("role");
});

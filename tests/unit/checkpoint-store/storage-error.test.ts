import { RestError } from "@azure/storage-blob";
import { expect, it } from "vitest";
import { lostRace, toStorageError, wasRefused } from "#lib/checkpoint-store/storage-error.ts";
import { AppError } from "#lib/core/app-error.ts";

const secret = "sig=c2VjcmV0";
const answer = (statusCode: number, code: string) => new RestError(`it said ${secret}`, { statusCode, code });
const named = (name: string) => Object.assign(new Error(secret), { name });

it.each([
  [answer(404, "ContainerNotFound"), "containerNotFound", false, "Create the container"],
  [answer(409, "ContainerBeingDeleted"), "containerNotFound", true, "Create the container again"],
  [
    answer(409, "BlobImmutableDueToPolicy"),
    "azureFailed",
    false,
    "(BlobImmutableDueToPolicy). The container",
  ],
  [answer(409, "BlobImmutableDueToLegalHold"), "azureFailed", false, "legal hold"],
  [answer(409, "BlobArchived"), "azureFailed", false, "Move the blob to an online access tier"],
  [answer(409, "BlobUsesCustomerSpecifiedEncryption"), "azureFailed", false, "key"],
  [answer(409, "SnapshotsPresent"), "azureFailed", false, "Delete them first"],
  [answer(412, "LeaseIdMissing"), "azureFailed", false, "(LeaseIdMissing). Somebody holds a lease"],
  [answer(404, "BlobNotFound"), "notFound", false, "404"],
  [answer(403, "AuthorizationPermissionMismatch"), "azureUnauthorized", false, "Storage Blob Data Reader"],
  [answer(403, "AuthorizationFailure"), "azureUnauthorized", false, "firewall"],
  [answer(403, "KeyBasedAuthenticationNotPermitted"), "azureUnauthorized", false, "containerUrl"],
  [answer(403, "AuthenticationFailed"), "azureUnauthorized", false, "clock"],
  [answer(401, "NoAuthenticationInformation"), "azureUnauthorized", false, "access rules"],
  [answer(503, "ServerBusy"), "azureThrottled", true, "busy"],
  [answer(429, "TooManyRequests"), "azureThrottled", true, "busy"],
  [answer(500, "OperationTimedOut"), "azureTimeout", true, "500"],
  [answer(500, "InternalError"), "azureFailed", true, "InternalError"],
  [answer(400, "InvalidHeaderValue"), "azureFailed", false, "InvalidHeaderValue"],
  [new RestError(secret, { code: "ENOTFOUND" }), "azureUnreachable", true, "spelling"],
  [new RestError(secret, { code: "ECONNREFUSED" }), "azureUnreachable", true, "firewall"],
  [new RestError(secret, { code: "ETIMEDOUT" }), "azureTimeout", true, "in time"],
  [new RestError(secret, { code: "PARSE_ERROR" }), "azureFailed", true, "understood"],
  [named("AbortError"), "azureTimeout", true, "no answer in time"],
  [named("TimeoutError"), "azureTimeout", true, "no answer in time"],
  [named("CredentialUnavailableError"), "azureUnauthorized", false, "managed identity"],
  [named("AggregateAuthenticationError"), "azureUnauthorized", false, "managed identity"],
  [named("RangeError"), "azureFailed", false, "RangeError"],
  ["a text", "azureFailed", false, "unexpected"],
] as const)("explains %s as %s", (cause, code, retryable, told) => {
  const error = toStorageError(cause, "Listing the container");
  expect(error).toMatchObject({ code, retryable, cause });
  expect(error.message).toMatch(/^Listing the container failed: /);
  expect(error.message).toContain(told);
  expect(error.message).not.toContain(secret);
});

it.each([
  ["identity", "AuthorizationPermissionMismatch", "Give this identity the role"],
  ["signature", "AuthorizationPermissionMismatch", "permissions Read and List"],
  ["key", "AuthorizationPermissionMismatch", "account's own key"],
  ["signature", "AuthorizationResourceTypeMismatch", "for containers and objects"],
  [
    "identity",
    "AuthorizationFailure",
    "failed: Blob Storage answered 403 (AuthorizationFailure). The account's firewall",
  ],
  ["signature", "AuthorizationFailure", "lacks a permission"],
  ["key", "AuthenticationFailed", "AccountKey"],
  ["identity", "AuthenticationFailed", "tenant"],
  ["signature", "AuthenticationFailed", "has expired"],
  ["key", "SomethingNew", "connection string"],
  ["identity", "SomethingNew", "identity's roles"],
] as const)("tells the remedy to callers who sign in with %s and get %s", (signIn, code, told) => {
  const authorization = { identity: "Bearer abc", key: "SharedKey contoso:abc", signature: "" }[signIn];
  const url = `https://contoso.blob.core.windows.net/c?comp=list${signIn === "signature" ? `&${secret}` : ""}`;
  const request = { url, headers: new Headers(authorization === "" ? {} : { authorization }) };
  const cause = Object.assign(answer(403, code), { request });
  const { message } = toStorageError(cause, "Listing");
  expect(message).toContain(told);
  expect(message).not.toContain(secret);
});

it("explains that a token is not sent over http", () => {
  const cause = new Error(
    "Bearer token authentication is not permitted for non-TLS protected (non-https) URLs.",
  );
  const error = toStorageError(cause, "Listing");
  expect(error).toMatchObject({ code: "azureFailed", retryable: false });
  expect(error.message).toContain("this address is http");
});

it("leaves an explained error as it is", () => {
  const error = new AppError("conflict", "so it is");
  expect(toStorageError(error, "Listing")).toBe(error);
});

const faults = [
  answer(404, "ContainerNotFound"),
  answer(409, "ContainerBeingDeleted"),
  answer(409, "BlobImmutableDueToPolicy"),
  answer(409, "BlobImmutableDueToLegalHold"),
  answer(409, "BlobArchived"),
  answer(409, "BlobUsesCustomerSpecifiedEncryption"),
  answer(412, "LeaseIdMissing"),
  answer(412, "LeaseIdMismatchWithBlobOperation"),
  answer(409, "constructor"),
  new RestError("", { statusCode: 412 }),
  answer(403, "X"),
  answer(500, "X"),
  new Error("x"),
];

it("takes three codes for a lost race, and no status", () => {
  expect(lostRace(answer(404, "BlobNotFound"))).toContain("no longer there");
  expect(lostRace(answer(409, "BlobAlreadyExists"))).toContain("come into being");
  expect(lostRace(answer(412, "ConditionNotMet"))).toContain("changed");
  for (const fault of faults) expect(lostRace(fault)).toBeNull();
});

it("takes a lease for a lost race only where processors hold leases", () => {
  expect(lostRace(answer(412, "LeaseIdMissing"), true)).toContain("leased (LeaseIdMissing)");
  expect(lostRace(answer(412, "LeaseIdMissing"))).toBeNull();
  expect(lostRace(answer(409, "BlobImmutableDueToPolicy"), true)).toBeNull();
});

it.each([
  [answer(409, "BlobImmutableDueToPolicy"), true],
  [answer(429, "TooManyRequests"), true],
  [answer(403, "AuthorizationFailure"), true],
  [named("CredentialUnavailableError"), true],
  [answer(408, "RequestTimeout"), false],
  [answer(503, "ServerBusy"), false],
  [answer(500, "InternalError"), false],
  [new RestError("", { code: "ECONNRESET" }), false],
  [named("AbortError"), false],
])("tells for %s if the write was certainly not made: %s", (cause, refused) => {
  expect(wasRefused(toStorageError(cause, "Writing"))).toBe(refused);
});

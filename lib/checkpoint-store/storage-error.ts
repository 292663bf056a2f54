import { isRestError, type RestError } from "@azure/storage-blob";
import { AppError, type ErrorCode } from "#lib/core/app-error.ts";
import { remedyFor, signInOf } from "./sign-in.ts";

/**
 * Wraps a failed call to Blob Storage. The message has only the service's code and status: the request's
 * address may carry a signature. The rest is in `cause`.
 * @param what - the call, to complete "… failed", such as `Listing container "checkpoints"`
 */
export function toStorageError(cause: unknown, what: string): AppError {
  if (cause instanceof AppError) return cause;
  const { code, retryable, why } = explain(cause);
  return new AppError(code, `${what} failed: ${why}`, { retryable, cause });
}

const lostRaces: Readonly<Record<string, string>> = {
  BlobNotFound: "the blob is no longer there",
  BlobAlreadyExists: "the blob has come into being since",
  ConditionNotMet: "the blob has changed since, or is gone",
};

/**
 * Returns why a conditional write lost a race; the caller lists again. Null for anything else, which is a
 * fault: 409 and 412 also answer for policies, holds, keys and leases.
 * @param usesLeases the layout's processors hold leases, so a lease means a lost race too
 */
export function lostRace(cause: unknown, usesLeases = false): string | null {
  if (!isRestError(cause) || cause.code === undefined) return null;
  if (usesLeases && /^Lease(IdMissing|AlreadyPresent)$/.test(cause.code)) {
    return `the blob is leased (${cause.code})`;
  }
  return Object.hasOwn(lostRaces, cause.code) ? (lostRaces[cause.code] ?? null) : null;
}

/** True when a failed write was certainly not made: refused or never sent. */
export function wasRefused({ code, cause }: AppError): boolean {
  if (code === "invalidRequest" || code === "azureUnauthorized" || code === "containerNotFound") return true;
  const status = isRestError(cause) ? (cause.statusCode ?? 0) : 0;
  return status >= 400 && status < 500 && status !== 408;
}

export function isAbort(cause: unknown): boolean {
  return cause instanceof Error && (cause.name === "AbortError" || cause.name === "TimeoutError");
}

interface Explanation {
  code: ErrorCode;
  retryable: boolean;
  why: string;
}

const tell = (code: ErrorCode, retryable: boolean, why: string): Explanation => ({ code, retryable, why });

function explain(cause: unknown): Explanation {
  if (isAbort(cause)) return tell("azureTimeout", true, "there was no answer in time.");
  if (isRestError(cause)) {
    return cause.statusCode === undefined ? explainTransport(cause) : explainAnswer(cause, cause.statusCode);
  }
  const name = cause instanceof Error ? cause.name : typeof cause;
  if (cause instanceof Error && /non-TLS protected/.test(cause.message)) {
    return tell(
      "azureFailed",
      false,
      "an identity's token is sent only over https, and this address is http. Give the https address, or a connectionString with a key or signature.",
    );
  }
  if (/Credential|Authentication/.test(name)) {
    const remedy = "Sign in (for example with the Azure CLI), or give the process a managed identity.";
    return tell(
      "azureUnauthorized",
      false,
      `no credential could be had from the environment (${name}). ${remedy}`,
    );
  }
  return tell("azureFailed", false, `an unexpected ${name}.`);
}

const refusals: readonly (readonly [RegExp, string])[] = [
  [
    /^BlobImmutableDueTo/,
    "The container keeps its blobs as they are. Store checkpoints in a container without immutability policy and legal hold.",
  ],
  [/^Blob(Archived|BeingRehydrated)$/, "Move the blob to an online access tier, such as Hot."],
  [
    /CustomerSpecifiedEncryption|EncryptionScope|CustomerProvidedKey/,
    "The blob is encrypted with a key that the request did not name. Store checkpoints without such keys.",
  ],
  [/^SnapshotsPresent$/, "The blob has snapshots, which nothing could bring back. Delete them first."],
  [/^Lease/, "Somebody holds a lease on the blob. Break the lease, and see who takes leases there."],
];

function explainAnswer(error: RestError, status: number): Explanation {
  const serviceCode = error.code ?? "no error code";
  const answer = `Blob Storage answered ${status} (${serviceCode})`;
  if (serviceCode === "ContainerBeingDeleted") {
    return tell("containerNotFound", true, `${answer}. Create the container again once it is gone.`);
  }
  if (/^Container(NotFound|Disabled)$/.test(serviceCode)) {
    return tell("containerNotFound", false, `${answer}. Create the container, or correct its name.`);
  }
  if (status === 404) return tell("notFound", false, `${answer}.`);
  if (status === 401 || status === 403)
    return tell("azureUnauthorized", false, `${answer}. ${remedyFor(serviceCode, signInOf(error))}`);
  if (status === 429 || serviceCode === "ServerBusy") {
    return tell("azureThrottled", true, `${answer}: the account is busy.`);
  }
  if (status === 408 || serviceCode === "OperationTimedOut") return tell("azureTimeout", true, `${answer}.`);
  const [, remedy] = refusals.find(([codes]) => codes.test(serviceCode)) ?? [];
  return tell("azureFailed", status >= 500, remedy === undefined ? `${answer}.` : `${answer}. ${remedy}`);
}

function explainTransport(error: RestError): Explanation {
  const code = error.code ?? "no error code";
  if (code === "ETIMEDOUT" || code === "ESOCKETTIMEDOUT") {
    return tell("azureTimeout", true, `no answer came in time (${code}).`);
  }
  if (code === "ENOTFOUND") {
    return tell(
      "azureUnreachable",
      true,
      `the account's host name is not known (${code}). Check its spelling and the DNS.`,
    );
  }
  if (code === "PARSE_ERROR") return tell("azureFailed", true, "its answer could not be understood.");
  return tell(
    "azureUnreachable",
    true,
    `the account could not be reached (${code}). Check network, firewall and proxy.`,
  );
}

import type { TokenCredential } from "@azure/core-auth";
import {
  AnonymousCredential,
  BlobServiceClient,
  ContainerClient,
  type StoragePipelineOptions,
  StorageSharedKeyCredential,
} from "@azure/storage-blob";
import { AppError } from "#lib/core/app-error.ts";
import { countedPipeline } from "./count-requests.ts";
import { readStorageConnectionString } from "./storage-connection-string.ts";

export type ContainerAddress =
  | { containerUrl: string; credential?: TokenCredential | undefined }
  | { connectionString: string; container: string };

export type AccountAddress =
  | { accountUrl: string; credential?: TokenCredential | undefined }
  | { connectionString: string };

// The SDK's defaults (4 tries, 4 s and more in between) outlast a refresh. `tryTimeoutInMs` only tells the
// service its limit; the caller's abort signal limits the whole call.
const patience: StoragePipelineOptions = {
  retryOptions: { maxTries: 3, tryTimeoutInMs: 10_000, retryDelayInMs: 500, maxRetryDelayInMs: 2_000 },
};

/**
 * Makes a client without a request.
 * @throws AppError `invalidRequest` for an impossible address, without repeating it
 */
export function openContainer(address: ContainerAddress): ContainerClient {
  if ("connectionString" in address) {
    const { serviceUrl, query, credential } = signedIn(address.connectionString);
    const url = `${serviceUrl}/${encodeURIComponent(address.container)}${query}`;
    return new ContainerClient(url, countedPipeline(credential, patience));
  }
  const { containerUrl, credential = new AnonymousCredential() } = address;
  return usable("The container's URL", () => {
    return new ContainerClient(containerUrl, countedPipeline(credential, patience));
  });
}

export function openAccount(address: AccountAddress): BlobServiceClient {
  if ("connectionString" in address) {
    const { serviceUrl, query, credential } = signedIn(address.connectionString);
    return new BlobServiceClient(serviceUrl + query, countedPipeline(credential, patience));
  }
  const { accountUrl, credential = new AnonymousCredential() } = address;
  return usable("The account's URL", () => {
    return new BlobServiceClient(accountUrl, countedPipeline(credential, patience));
  });
}

function signedIn(connectionString: string) {
  const read = readStorageConnectionString(connectionString);
  if ("fault" in read) throw new AppError("invalidRequest", `The storage connection string ${read.fault}.`);
  const { serviceUrl, credential } = read;
  return credential.kind === "signature"
    ? { serviceUrl, query: `?${credential.signature}`, credential: new AnonymousCredential() }
    : {
        serviceUrl,
        query: "",
        credential: new StorageSharedKeyCredential(credential.accountName, credential.accountKey),
      };
}

function usable<T>(what: string, open: () => T): T {
  try {
    return open();
  } catch (cause) {
    throw new AppError("invalidRequest", `${what} can't be used: it is not complete or not well-formed.`, {
      cause,
    });
  }
}

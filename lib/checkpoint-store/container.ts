import type { TokenCredential } from "@azure/core-auth";
import {
  AnonymousCredential,
  BlobServiceClient,
  ContainerClient,
  type StoragePipelineOptions,
} from "@azure/storage-blob";
import { AppError } from "#lib/core/app-error.ts";
import { countedPipeline } from "./count-requests.ts";

/** Where a container stands and how to be let in. A `containerUrl` may carry a SAS in place of a credential. */
export type ContainerAddress =
  | { containerUrl: string; credential?: TokenCredential | undefined }
  | { connectionString: string; container: string };

/** A whole account, whose containers are to be searched. */
export type AccountAddress =
  | { accountUrl: string; credential?: TokenCredential | undefined }
  | { connectionString: string };

// The SDK's own patience (4 tries, 4 s and more between) outlasts a refresh. `tryTimeoutInMs` is what the
// service is told to give itself; the time limit of the whole call is the caller's abort signal.
const patience: StoragePipelineOptions = {
  retryOptions: { maxTries: 3, tryTimeoutInMs: 10_000, retryDelayInMs: 500, maxRetryDelayInMs: 2_000 },
};

/**
 * A client of one container; asks nothing of it yet.
 * @throws AppError `invalidRequest` where the address can't be one; the message never repeats it
 */
export function openContainer(address: ContainerAddress): ContainerClient {
  try {
    if ("containerUrl" in address) {
      const credential = address.credential ?? new AnonymousCredential();
      return new ContainerClient(address.containerUrl, countedPipeline(credential, patience));
    }
    const { url, credential } = new ContainerClient(address.connectionString, address.container);
    return new ContainerClient(url, countedPipeline(credential, patience));
  } catch (cause) {
    const what = "containerUrl" in address ? "The container's URL" : "The storage connection string";
    throw new AppError("invalidRequest", `${what} can't be used: it is not complete or not well-formed.`, {
      cause,
    });
  }
}

/**
 * A client of one storage account; asks nothing of it yet.
 * @throws AppError `invalidRequest` where the address can't be one; the message never repeats it
 */
export function openAccount(address: AccountAddress): BlobServiceClient {
  try {
    const { url, credential = new AnonymousCredential() } =
      "connectionString" in address
        ? BlobServiceClient.fromConnectionString(address.connectionString)
        : { url: address.accountUrl, credential: address.credential };
    return new BlobServiceClient(url, countedPipeline(credential, patience));
  } catch (cause) {
    const what = "accountUrl" in address ? "The account's URL" : "The storage connection string";
    throw new AppError("invalidRequest", `${what} can't be used: it is not complete or not well-formed.`, {
      cause,
    });
  }
}

import { BlobServiceClient, type ContainerClient } from "@azure/storage-blob";
import type { StoreSurvey } from "#lib/core/stored-blobs.ts";
import { countedPipeline } from "./count-requests.ts";
import { isAbort } from "./storage-error.ts";

type Settings = Pick<StoreSurvey, "softDeleteDays" | "keepsVersions">;

/**
 * Reads what makes an account slow as a checkpoint store, as far as this identity may see: soft delete from
 * the account's properties, versioning from a request for any one blob, which then names a version.
 */
export async function readAccountSettings(
  container: ContainerClient,
  prefixes: readonly string[],
  abortSignal: AbortSignal,
): Promise<Settings> {
  const [softDeleteDays, keepsVersions] = await Promise.all([
    orNull(() => softDelete(container, abortSignal)),
    orNull(() => versions(container, prefixes, abortSignal)),
  ]);
  return { softDeleteDays, keepsVersions };
}

async function softDelete(container: ContainerClient, abortSignal: AbortSignal): Promise<number> {
  const account = new URL(container.url);
  account.pathname = account.pathname.replace(/\/[^/]+\/?$/, "");
  const pipeline = countedPipeline(container.credential, { retryOptions: { maxTries: 1 } });
  const service = new BlobServiceClient(account.href, pipeline);
  const { deleteRetentionPolicy } = await service.getProperties({ abortSignal });
  return deleteRetentionPolicy?.enabled === true ? (deleteRetentionPolicy.days ?? 1) : 0;
}

async function versions(
  container: ContainerClient,
  prefixes: readonly string[],
  abortSignal: AbortSignal,
): Promise<boolean | null> {
  for (const prefix of prefixes) {
    const page = await container.listBlobsFlat({ prefix, abortSignal }).byPage({ maxPageSize: 1 }).next();
    const blob = page.done ? undefined : page.value.segment.blobItems[0];
    if (blob === undefined) continue;
    const { versionId } = await container.getBlobClient(blob.name).getProperties({ abortSignal });
    return versionId !== undefined;
  }
  return null;
}

async function orNull<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (cause) {
    if (isAbort(cause)) throw cause;
    return null;
  }
}

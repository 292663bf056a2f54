import { newPipeline, type Pipeline, type StoragePipelineOptions } from "@azure/storage-blob";
import { scannedListings } from "#lib/checkpoint-store/listing/scanned-listings.ts";
import { countAzureRequest } from "#lib/core/azure-requests.ts";

type Credential = Parameters<typeof newPipeline>[0];

/**
 * The SDK's pipeline, which also counts each request (retries count once) and passes listings to our scanner
 * when they ask for it.
 */
export function countedPipeline(credential: Credential, options: StoragePipelineOptions): Pipeline {
  const pipeline = newPipeline(credential, options);
  pipeline.factories.push({
    create: (next) => ({
      sendRequest(request) {
        countAzureRequest("storage", operationOf(request.method, request.url));
        return next.sendRequest(request);
      },
    }),
  });
  pipeline.factories.push(scannedListings);
  return pipeline;
}

function operationOf(method: string, url: string): string {
  const { searchParams } = new URL(url);
  const [comp, restype] = [searchParams.get("comp"), searchParams.get("restype")];
  if (comp === "list") return restype === "container" ? "listBlobs" : "listContainers";
  if (comp === "properties") return restype === "service" ? "getServiceProperties" : "getAccountInformation";
  if (comp === "metadata" && method === "PUT") return "setBlobMetadata";
  if (comp !== null || restype !== null) return "other";
  const plain: Record<string, string> = { GET: "getBlob", HEAD: "getBlobProperties", PUT: "putBlob" };
  return plain[method] ?? "other";
}

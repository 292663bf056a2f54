import { AsyncLocalStorage } from "node:async_hooks";
import { type newPipeline, RestError } from "@azure/storage-blob";
import { throwIfAborted } from "#lib/checkpoint-store/time-limit.ts";
import { pause, turns } from "#lib/core/pause.ts";
import type { ListedBlob } from "./listed-blob.ts";
import { ListingScanner, type ScannedPage } from "./listing-scanner.ts";
import { XmlFault } from "./xml-tokens.ts";

type Factory = ReturnType<typeof newPipeline>["factories"][number];
type Next = Parameters<Factory["create"]>[0];
type Request = Parameters<Next["sendRequest"]>[0];
type Answer = Awaited<ReturnType<Next["sendRequest"]>>;

interface Wanted {
  known: ReadonlyMap<string, ListedBlob>;
  page: ScannedPage | null;
}

const wanted = new AsyncLocalStorage<Wanted>();
const nothing: ReadonlyMap<string, ListedBlob> = new Map();
const mostTries = 3;
const retryDelayMs = 500;

/**
 * Has the SDK ask for one page and reads the body with our scanner: the SDK's own XML parser takes a hundred
 * times as long. `scanned` is null when the client's pipeline has no `scannedListings`.
 */
export async function scanning<Page>(
  known: ReadonlyMap<string, ListedBlob>,
  ask: () => Promise<Page>,
): Promise<{ page: Page; scanned: ScannedPage | null }> {
  const here: Wanted = { known, page: null };
  try {
    const page = await wanted.run(here, ask);
    return { page, scanned: here.page };
  } finally {
    // The connection that this opened keeps its context, and with it `here`, as long as it lives.
    here.known = nothing;
    here.page = null;
  }
}

export const scannedListings: Factory = {
  create: (next) => ({
    sendRequest: async (request) => {
      const here = wanted.getStore();
      if (here === undefined || !isListing(request)) return await next.sendRequest(request);
      request.streamResponseStatusCodes = new Set([200]);
      for (let attempt = 1; ; attempt += 1) {
        const answer = await next.sendRequest(request);
        if (answer.readableStreamBody === undefined) return answer;
        try {
          here.page = await scan(answer, here.known, request.abortSignal);
          // An empty page for the SDK; the blobs are passed beside it.
          answer.parsedBody = { segment: { blobItems: [] }, continuationToken: here.page.nextMarker };
          return answer;
        } catch (cause) {
          throwIfAborted(request.abortSignal, "The listing");
          // A truncated page would look like one with fewer checkpoints, so ask again.
          if (attempt === mostTries) throw toRestError(cause, answer.status);
          await pause(retryDelayMs * (attempt - 1), new AbortController().signal);
        }
      }
    },
  }),
};

function isListing({ method, url }: Request): boolean {
  const { searchParams } = new URL(url);
  return (
    method === "GET" && searchParams.get("comp") === "list" && searchParams.get("restype") === "container"
  );
}

async function scan(
  { readableStreamBody: body }: Answer,
  known: ReadonlyMap<string, ListedBlob>,
  abortSignal: Request["abortSignal"],
): Promise<ScannedPage> {
  const scanner = new ListingScanner(known);
  const decoder = new TextDecoder("utf-8");
  const stop = () =>
    (body as { destroy?: (error: Error) => void } | undefined)?.destroy?.(new Error("aborted"));
  abortSignal?.addEventListener("abort", stop);
  const turn = turns();
  try {
    for await (const chunk of body ?? []) {
      throwIfAborted(abortSignal, "The listing");
      scanner.feed(decoder.decode(chunk as Uint8Array, { stream: true }));
      await turn();
    }
    scanner.feed(decoder.decode());
    return scanner.end();
  } finally {
    abortSignal?.removeEventListener("abort", stop);
  }
}

function toRestError(cause: unknown, statusCode: number): RestError {
  if (cause instanceof XmlFault)
    return new RestError(`The listing could not be understood: ${cause.message}.`, { code: "PARSE_ERROR" });
  const code = (cause as { code?: unknown } | null)?.code;
  return new RestError("The listing's answer broke off.", {
    code: typeof code === "string" ? code : "ECONNRESET",
    ...(statusCode !== 200 && { statusCode }),
  });
}

import type { ContainerClient } from "@azure/storage-blob";
import { faultyBody, type LeaseBody } from "#lib/checkpoint-store/formats/lease-body.ts";
import { type ListedBlob, unquoted } from "#lib/checkpoint-store/listing/listed-blob.ts";
import { isAbort, toStorageError } from "#lib/checkpoint-store/storage-error.ts";
import { throwIfAborted } from "#lib/checkpoint-store/time-limit.ts";
import { eachInFlight } from "#lib/core/each-in-flight.ts";
import { mostBodyBytes, readBody } from "./read-body.ts";

const bodiesAtOnce = 16;
/** 32 partitions of 625 groups; further blobs of one store count as unreadable. */
const mostBodies = 20_000;

export interface BlobToParse {
  blob: ListedBlob;
  parse: (text: string) => LeaseBody;
}

export interface ParsedBlob {
  blob: ListedBlob;
  body: LeaseBody;
}

/**
 * Caches the parsed bodies of one store's lease blobs, fetches one again only when its etag is new, and
 * forgets blobs that are no longer asked for. Keeps the listing's order; blobs that are gone are left out.
 */
export class LeaseBodies {
  #known = new Map<string, ParsedBlob>();

  async read(
    container: ContainerClient,
    wanted: readonly BlobToParse[],
    abortSignal: AbortSignal,
  ): Promise<{ parsed: ParsedBlob[]; reads: number }> {
    const next = new Map<string, ParsedBlob>();
    let reads = 0;
    const read = async ({ blob, parse }: BlobToParse): Promise<ParsedBlob | null> => {
      const known = this.#known.get(blob.name);
      // Taking or renewing a lease keeps the etag, so the lease state comes from the listing.
      const keep = (parsed: ParsedBlob) => next.set(blob.name, parsed);
      if (known !== undefined && known.blob.etag === blob.etag) {
        keep(known);
        return { blob, body: known.body };
      }
      if (blob.size === 0) return { blob, body: faultyBody("it is empty") };
      if (blob.size > mostBodyBytes) return { blob, body: faultyBody(tooLarge) };
      throwIfAborted(abortSignal, "The reading");
      reads += 1;
      const fetched = await fetchBody(container, blob, parse, abortSignal);
      if (fetched?.isFinal) keep(fetched.parsed);
      return fetched?.parsed ?? null;
    };
    // `eachInFlight` ends at the first rejection; catching lets all finish before an abort is told.
    const outcomes = await eachInFlight(wanted.slice(0, mostBodies), bodiesAtOnce, (one) =>
      read(one).catch((cause: unknown) => ({ cause })),
    );
    const parsed: ParsedBlob[] = [];
    for (const outcome of outcomes) {
      if (outcome === null) continue;
      if ("cause" in outcome) throw outcome.cause;
      parsed.push(outcome);
    }
    this.#known = next;
    const fault = `it is one of more than ${mostBodies} that this store would have to be read for`;
    const rest = wanted.slice(mostBodies).map(({ blob }) => ({ blob, body: faultyBody(fault) }));
    return { parsed: [...parsed, ...rest], reads };
  }
}

const tooLarge = `its content is larger than ${mostBodyBytes / 1024} KB`;

/** Null when the blob is gone. `isFinal`: another try would give the same. */
async function fetchBody(
  container: ContainerClient,
  listed: ListedBlob,
  parse: (text: string) => LeaseBody,
  abortSignal: AbortSignal,
): Promise<{ parsed: ParsedBlob; isFinal: boolean } | null> {
  try {
    const answer = await container.getBlobClient(listed.name).download(0, undefined, { abortSignal });
    const bytes = await readBody(answer.readableStreamBody);
    const blob = {
      ...listed,
      etag: unquoted(answer.etag ?? listed.etag),
      updatedAt: answer.lastModified?.getTime() ?? listed.updatedAt,
    };
    const body = bytes === null ? faultyBody(tooLarge) : parse(new TextDecoder().decode(bytes));
    return { parsed: { blob, body }, isFinal: true };
  } catch (cause) {
    if (isAbort(cause)) throw cause;
    const { code } = toStorageError(cause, "Reading");
    if (code === "notFound") return null;
    const body = faultyBody(`its content could not be read (${code})`);
    return { parsed: { blob: listed, body }, isFinal: false };
  }
}

import type { ContainerClient } from "@azure/storage-blob";
import { faultyBody, type LeaseBody } from "#lib/checkpoint-store/formats/lease-body.ts";
import { type ListedBlob, unquoted } from "#lib/checkpoint-store/listing/listed-blob.ts";
import { isAbort, toStorageError } from "#lib/checkpoint-store/storage-error.ts";
import { throwIfAborted } from "#lib/checkpoint-store/time-limit.ts";
import { eachInFlight } from "#lib/core/each-in-flight.ts";
import { mostBodyBytes, readBody } from "./read-body.ts";

/** Bodies in flight together. */
const bodiesAtOnce = 16;
/** 32 partitions of 625 groups: what is past it in one store is told as unreadable. */
const mostBodies = 20_000;

export interface BlobToParse {
  blob: ListedBlob;
  parse: (text: string) => LeaseBody;
}

export interface ParsedBlob {
  /** As it was when its body was read: it may have changed since it was listed. */
  blob: ListedBlob;
  body: LeaseBody;
}

/** The bodies of one store's lease blobs, as they were read and parsed, each fetched again only when its etag is new. */
export class LeaseBodies {
  #known = new Map<string, ParsedBlob>();

  /** In the listing's order, without those that are gone since; forgets what is not asked for any more. */
  async read(
    container: ContainerClient,
    wanted: readonly BlobToParse[],
    abortSignal: AbortSignal,
  ): Promise<{ parsed: ParsedBlob[]; reads: number }> {
    const next = new Map<string, ParsedBlob>();
    let reads = 0;
    const read = async ({ blob, parse }: BlobToParse): Promise<ParsedBlob | null> => {
      const known = this.#known.get(blob.name);
      // Taking or renewing the blob's lease leaves its etag as it is, so that is the listing's.
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
    // `eachInFlight` goes on past nothing that rejects; an abort is told once all have seen it.
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

/** Null where the blob is gone. `isFinal`: asking again would give the same. */
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

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { AnonymousCredential, ContainerClient } from "@azure/storage-blob";
import { countedPipeline } from "#lib/checkpoint-store/count-requests.ts";
import type { EpochMs } from "#lib/core/time.ts";

export interface ModelBlob {
  etag: string;
  updatedAt: EpochMs;
  metadata: Record<string, string>;
  body: Buffer;
  headers: Record<string, string>;
  /** As they were sent. */
  tags: string;
  tier: string | null;
}

type Blobs = Map<string, ModelBlob>;

/** `late`: its answer is lost, and it arrives a few requests later under its condition. */
export type WriteFate = "answered" | "refused" | "cutBefore" | "cutAfter" | "late";

export interface ModelWrite {
  /** Each client has an account of its own before the same containers. */
  client: string;
  container: string;
  blobName: string;
  method: "PUT" | "DELETE";
  ifMatch: string | null;
  ifNoneMatch: string | null;
  before: ModelBlob | null;
  after: ModelBlob | null;
  isLate: boolean;
}

interface Hooks {
  /** Before each request is answered: what happens elsewhere. False: the client was killed before it sent that. */
  onRequest(isWrite: boolean, client: string): Promise<boolean>;
  fateOf(client: string): WriteFate;
  /** True while the store answers nobody. */
  isOut(): boolean;
  onListed(client: string, container: string, prefix: string): void;
  /** Right before a change by the client, whose condition holds. */
  onWrite(write: ModelWrite): void;
}

const lateBy = 3;
const kept = ["content-type", "content-encoding", "content-language", "content-disposition", "cache-control"];

/**
 * Blob Storage at the wire with a clock of its own, for real clients: everything that happens between two of their
 * requests can be scripted. Whole containers are small.
 */
export class ModelStore {
  readonly containers = new Map<string, Blobs>();
  now: EpochMs;
  readonly #hooks: Hooks;
  readonly #server = createServer((request, response) => {
    this.#answer(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  #url = "";
  #etags = 0;
  #late: { afterRequests: number; arrive: () => void }[] = [];

  constructor(now: EpochMs, hooks: Hooks) {
    this.now = now;
    this.#hooks = hooks;
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    this.#url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  clear(now: EpochMs): void {
    this.now = now;
    this.containers.clear();
    this.#late = [];
  }

  container(name: string, client: string): ContainerClient {
    const pipeline = countedPipeline(new AnonymousCredential(), { retryOptions: { maxTries: 1 } });
    return new ContainerClient(`${this.#url}/${client}/${name}`, pipeline);
  }

  blobs(container: string): Blobs {
    const known = this.containers.get(container) ?? new Map<string, ModelBlob>();
    this.containers.set(container, known);
    return known;
  }

  put(container: string, name: string, metadata: Record<string, string>, body = ""): void {
    const headers = { "content-type": body === "" ? "application/octet-stream" : "text/plain" };
    const tagged = { tags: body === "" ? "" : "keep=yes", tier: body === "" ? null : "Cool" };
    this.#store(container, name, { metadata, body: Buffer.from(body), headers, ...tagged });
  }

  #store(container: string, name: string, content: Omit<ModelBlob, "etag" | "updatedAt">): ModelBlob {
    this.#etags += 1;
    const blob = { ...content, etag: `0x${this.#etags.toString(16)}`, updatedAt: this.now };
    this.blobs(container).set(name, blob);
    return blob;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const url = new URL(request.url ?? "", "http://x");
    const [, client = "", container = "", ...rest] = url.pathname.split("/");
    const name = rest.map(decodeURIComponent).join("/");
    const isWrite = request.method === "PUT" || request.method === "DELETE";
    this.#arriveLate();
    if (!(await this.#hooks.onRequest(isWrite, client))) return void request.socket.destroy();
    if (this.#hooks.isOut()) return fail(response, 503, "ServerBusy");
    response.sendDate = false;
    response.setHeader("date", new Date(this.now).toUTCString());
    if (url.searchParams.get("comp") === "list") {
      const prefix = url.searchParams.get("prefix") ?? "";
      if (!url.searchParams.has("delimiter")) this.#hooks.onListed(client, container, prefix);
      const include = url.searchParams.get("include") ?? "";
      const page = this.#page(container, prefix, url.searchParams.get("delimiter"), include.includes("tags"));
      return void response.writeHead(200, { "content-type": "application/xml" }).end(page);
    }
    if (!isWrite) return this.#read(container, name, request, response);
    const fate = this.#hooks.fateOf(client);
    if (fate === "refused") return fail(response, 503, "ServerBusy");
    if (fate === "cutBefore") return void request.socket.destroy();
    const write = (isLate: boolean) =>
      this.#write(
        { client, container, name, body, isMetadata: url.searchParams.get("comp") === "metadata", isLate },
        request,
      );
    if (fate === "late") {
      this.#late.push({ afterRequests: lateBy, arrive: () => void write(true) });
      return void request.socket.destroy();
    }
    const answer = write(false);
    if (fate === "cutAfter") return void request.socket.destroy();
    if (typeof answer === "string")
      return fail(
        response,
        answer === "ConditionNotMet" ? 412 : answer === "BlobNotFound" ? 404 : 409,
        answer,
      );
    if (answer === null) return void response.writeHead(202).end();
    const headers = { etag: `"${answer.etag}"`, "last-modified": new Date(answer.updatedAt).toUTCString() };
    response.writeHead(url.searchParams.has("comp") ? 200 : 201, headers).end();
  }

  /** Longer than a write may take. */
  arriveAll(): void {
    for (const { arrive } of this.#late.splice(0)) arrive();
  }

  #arriveLate(): void {
    for (const one of this.#late) one.afterRequests -= 1;
    const due = this.#late.filter(({ afterRequests }) => afterRequests <= 0);
    this.#late = this.#late.filter(({ afterRequests }) => afterRequests > 0);
    for (const { arrive } of due) arrive();
  }

  #write(
    asked: Pick<ModelWrite, "client" | "container" | "isLate"> & {
      name: string;
      body: Buffer;
      isMetadata: boolean;
    },
    request: IncomingMessage,
  ): ModelBlob | string | null {
    const { client, container, name, body, isMetadata, isLate } = asked;
    const before = this.blobs(container).get(name) ?? null;
    const ifMatch = request.headers["if-match"] ?? null;
    const ifNoneMatch = request.headers["if-none-match"] ?? null;
    if (ifNoneMatch === "*" && before !== null) return "BlobAlreadyExists";
    if (before === null && (isMetadata || request.method === "DELETE")) return "BlobNotFound";
    if (ifMatch !== null && before?.etag !== ifMatch.replaceAll('"', "")) return "ConditionNotMet";
    const method = request.method === "DELETE" ? "DELETE" : "PUT";
    const conditions = { ifMatch, ifNoneMatch };
    const write: ModelWrite = {
      ...{ client, container, blobName: name, method, before, after: null, isLate },
      ...conditions,
    };
    this.#hooks.onWrite(write);
    if (method === "DELETE") {
      this.blobs(container).delete(name);
      return null;
    }
    const metadata = metadataIn(request);
    const given = { tags: textOf(request, "x-ms-tags") ?? "", tier: textOf(request, "x-ms-access-tier") };
    const content =
      isMetadata && before !== null
        ? { ...before, metadata }
        : { metadata, body, headers: headersIn(request), ...given };
    write.after = this.#store(container, name, content);
    return write.after;
  }

  #read(container: string, name: string, { headers }: IncomingMessage, response: ServerResponse): void {
    const blob = this.blobs(container).get(name);
    const ifMatch = headers["if-match"]?.replaceAll('"', "") ?? blob?.etag;
    if (blob === undefined || ifMatch !== blob.etag) {
      fail(response, blob ? 412 : 404, blob ? "ConditionNotMet" : "BlobNotFound");
      return;
    }
    const metadata = Object.entries(blob.metadata).map(([key, value]) => [`x-ms-meta-${key}`, value]);
    response.writeHead(200, {
      ...blob.headers,
      ...Object.fromEntries(metadata),
      etag: `"${blob.etag}"`,
      "content-length": blob.body.length,
      "last-modified": new Date(blob.updatedAt).toUTCString(),
      "x-ms-blob-type": "BlockBlob",
    });
    response.end(blob.body);
  }

  #page(container: string, prefix: string, delimiter: string | null, withTags: boolean): string {
    const folders = new Set<string>();
    const blobs: string[] = [];
    for (const [name, blob] of [...this.blobs(container)].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
      if (!name.startsWith(prefix)) continue;
      const end = delimiter === null ? -1 : name.indexOf(delimiter, prefix.length);
      if (end >= 0) folders.add(name.slice(0, end + 1));
      else blobs.push(listed(name, blob, withTags));
    }
    const all = [...folders].map((name) => `<BlobPrefix><Name>${escaped(name)}</Name></BlobPrefix>`);
    return `<?xml version="1.0" encoding="utf-8"?><EnumerationResults ContainerName="${container}"><Prefix>${escaped(prefix)}</Prefix><Blobs>${[...blobs, ...all].join("")}</Blobs><NextMarker/></EnumerationResults>`;
  }
}

function listed(
  name: string,
  { etag, updatedAt, metadata, body, headers, tier, tags }: ModelBlob,
  withTags: boolean,
): string {
  const tagged = [...new URLSearchParams(tags)].map(
    ([key, value]) => `<Tag><Key>${escaped(key)}</Key><Value>${escaped(value)}</Value></Tag>`,
  );
  const values = Object.entries(metadata).map(([key, value]) => `<${key}>${escaped(value)}</${key}>`);
  return (
    `<Blob><Name>${escaped(name)}</Name><Properties><Last-Modified>${new Date(updatedAt).toUTCString()}</Last-Modified>` +
    `<Etag>${etag}</Etag><Content-Length>${body.length}</Content-Length><Content-Type>${headers["content-type"] ?? ""}</Content-Type>` +
    `<BlobType>BlockBlob</BlobType><LeaseStatus>unlocked</LeaseStatus><LeaseState>available</LeaseState>` +
    `<AccessTier>${tier ?? "Hot"}</AccessTier>${tier === null ? "<AccessTierInferred>true</AccessTierInferred>" : ""}` +
    `</Properties><Metadata>${values.join("")}</Metadata>` +
    `${withTags && tagged.length > 0 ? `<Tags><TagSet>${tagged.join("")}</TagSet></Tags>` : ""}</Blob>`
  );
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function metadataIn({ rawHeaders }: IncomingMessage): Record<string, string> {
  const metadata: Record<string, string> = {};
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const [key = "", value = ""] = rawHeaders.slice(at, at + 2);
    if (/^x-ms-meta-/i.test(key)) metadata[key.slice("x-ms-meta-".length)] = value;
  }
  return metadata;
}

function textOf({ headers }: IncomingMessage, name: string): string | null {
  const value = headers[name];
  return typeof value === "string" ? value : null;
}

function headersIn({ headers }: IncomingMessage): Record<string, string> {
  const all = kept.flatMap((name) => {
    const value = headers[`x-ms-blob-${name}`];
    return typeof value === "string" ? [[name, value]] : [];
  });
  return { "content-type": "application/octet-stream", ...Object.fromEntries(all) };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function fail(response: ServerResponse, status: number, code: string): void {
  const body = `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>No.</Message></Error>`;
  response.writeHead(status, { "x-ms-error-code": code, "content-type": "application/xml" }).end(body);
}

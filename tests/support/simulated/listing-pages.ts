import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface ListingPages {
  url: string;
  /** The markers of the requests so far. Null means from the beginning. */
  asked: (string | null)[];
  stop(): Promise<void>;
}

export async function serveListings(
  answer: (marker: string | null, attempt: number) => readonly (string | Uint8Array)[],
): Promise<ListingPages> {
  const asked: (string | null)[] = [];
  const server = createServer((request, response) => {
    const marker = new URL(request.url ?? "", "http://x").searchParams.get("marker");
    asked.push(marker);
    response.writeHead(200, { "content-type": "application/xml", date: new Date(0).toUTCString() });
    const parts = [...answer(marker, asked.length)];
    const next = () => {
      const part = parts.shift();
      if (part === undefined) response.end();
      else response.write(part, () => setImmediate(next));
    };
    next();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/account/container`,
    asked,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

export function listingPage(blobs: readonly string[], nextMarker = ""): string {
  return (
    '<?xml version="1.0" encoding="utf-8"?><EnumerationResults ServiceEndpoint="http://x/>" ContainerName="c">' +
    `<Prefix>c</Prefix><Blobs>${blobs.join("")}</Blobs><NextMarker>${nextMarker}</NextMarker></EnumerationResults>`
  );
}

/** Returns one blob of a page. Given parts replace the defaults, and an empty text removes one. */
export function listedElement(name: string, parts: Record<string, string> = {}): string {
  const all = {
    name: `<Name>${name}</Name>`,
    lastModified: "<Last-Modified>Sun, 29 Nov 2026 08:00:00 GMT</Last-Modified>",
    etag: `<Etag>0x8DE2F00000${name.length}</Etag>`,
    size: "<Content-Length>0</Content-Length>",
    lease: "<LeaseStatus>unlocked</LeaseStatus><LeaseState>available</LeaseState>",
    metadata: "<Metadata><offset>100</offset><sequencenumber>7</sequencenumber></Metadata>",
    ...parts,
  };
  return (
    `<Blob>${all.name}<Properties>${all.lastModified}${all.etag}${all.size}<Content-MD5 />${all.lease}` +
    `</Properties>${all.metadata}<OrMetadata /></Blob>`
  );
}

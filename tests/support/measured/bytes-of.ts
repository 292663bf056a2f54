import { get, type OutgoingHttpHeaders } from "node:http";

/** The bytes of an answer as they were sent: this process does not unpack them. */
export function bytesOf(url: string, encoding: string, headers: OutgoingHttpHeaders = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { ...headers, "accept-encoding": encoding } }, (response) => {
      let bytes = 0;
      response.on("data", (part: Buffer) => {
        bytes += part.byteLength;
      });
      response.once("end", () => resolve(response.statusCode === 200 ? bytes : Number.NaN));
    }).once("error", reject);
  });
}

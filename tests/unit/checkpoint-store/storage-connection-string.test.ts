import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readStorageConnectionString } from "#lib/checkpoint-store/storage-connection-string.ts";
import { decorated } from "#tests/support/connection-strings.ts";

const key = "cGxhbnRlZC1zZWNyZXQ=";
const byKey = { kind: "key", accountName: "contoso", accountKey: key };
const cloud = "https://contoso.blob.core.windows.net";

describe("a storage connection string", () => {
  it.each([
    [
      "whole",
      `DefaultEndpointsProtocol=https;AccountName=contoso;AccountKey=${key};EndpointSuffix=core.windows.net`,
    ],
    ["without EndpointSuffix", `DefaultEndpointsProtocol=https;AccountName=contoso;AccountKey=${key}`],
    [
      "without DefaultEndpointsProtocol",
      `AccountName=contoso;AccountKey=${key};EndpointSuffix=core.windows.net`,
    ],
    ["in quotes", `"AccountName=contoso;AccountKey=${key}"`],
    ["with lower-case names and blanks", ` accountname = contoso ; accountkey = ${key} ;\n`],
    ["with a BlobEndpoint alone beside the key", `BlobEndpoint=${cloud}/;AccountKey=${key}`],
    [
      "with a BlobEndpoint without a protocol",
      `BlobEndpoint=contoso.blob.core.windows.net;AccountKey=${key}`,
    ],
    ["with blank parts", `AccountName=contoso;AccountKey=${key};EndpointSuffix=;DefaultEndpointsProtocol=`],
    ["with its name in capitals", `AccountName=Contoso;AccountKey=${key}`],
  ])("is read %s", (_, text) => {
    expect(readStorageConnectionString(text)).toEqual({ serviceUrl: cloud, credential: byKey });
  });

  it.each([
    [`AccountName=contoso;SharedAccessSignature=sv=2024&sig=abc%3D`, cloud],
    [`BlobEndpoint=${cloud};SharedAccessSignature=?sv=2024&sig=abc%3D`, cloud],
    [
      "DefaultEndpointsProtocol=http;AccountName=a;EndpointSuffix=.corp.example;SharedAccessSignature=sv=2024&sig=abc%3D",
      "http://a.blob.corp.example",
    ],
  ])("is read with a signature (%#)", (text, serviceUrl) => {
    const credential = { kind: "signature", signature: "sv=2024&sig=abc%3D" };
    expect(readStorageConnectionString(text)).toEqual({ serviceUrl, credential });
  });

  it.each([
    ["UseDevelopmentStorage=true", "http://127.0.0.1:10000/devstoreaccount1"],
    [
      "usedevelopmentstorage = True; DevelopmentStorageProxyUri=http://azurite",
      "http://azurite:10000/devstoreaccount1",
    ],
    [
      `AccountName=devstoreaccount1;AccountKey=${key};BlobEndpoint=http://127.0.0.1:10000`,
      "http://127.0.0.1:10000/devstoreaccount1",
    ],
    [
      `AccountKey=${key};BlobEndpoint=http://azurite:10000/devstoreaccount1/`,
      "http://azurite:10000/devstoreaccount1",
    ],
  ])("is read for an emulator (%#)", (text, serviceUrl) => {
    const credential = { kind: "key", accountName: "devstoreaccount1" };
    expect(readStorageConnectionString(text)).toMatchObject({ serviceUrl, credential });
  });

  it.each([
    ["BlobEndpoint=http://127.0.0.1:10000", "names no account"],
    [`BlobEndpoint=http://127.0.0.1:10000;AccountKey=${key}`, "names no account"],
    [`BlobEndpoint=${cloud}`, "carries neither AccountKey nor SharedAccessSignature"],
    ["AccountName=contoso", "carries neither"],
    [`AccountKey=${key}`, "names no storage account"],
    [`AccountName=contoso/x;AccountKey=${key}`, "AccountName"],
    [`AccountName=contoso;AccountKey=${key.slice(0, 4)}%3D`, "AccountKey that is not base64"],
    ["AccountName=contoso;SharedAccessSignature=sv=2024", "without sig"],
    [`DefaultEndpointsProtocol=ftp;AccountName=contoso;AccountKey=${key}`, "DefaultEndpointsProtocol"],
    [`AccountName=contoso;AccountKey=${key};EndpointSuffix=a b`, "EndpointSuffix"],
    [`BlobEndpoint=ftp://contoso;AccountKey=${key}`, "BlobEndpoint"],
    [`BlobEndpoint=${cloud}/?sig=${key};AccountName=contoso;AccountKey=${key}`, "BlobEndpoint that carries"],
    [`AccountName=contoso;AccountKey=${key};AccountKey=b3RoZXI=`, "names AccountKey twice"],
    ["nonsense", "names no storage account"],
    ["", "names no storage account"],
  ])("is refused without repeating its values (%#)", (text, part) => {
    const read = readStorageConnectionString(text);
    expect(read).toEqual({ fault: expect.stringContaining(part) });
    expect(JSON.stringify(read)).not.toContain(key.slice(0, 4));
  });

  it("reads the same in every notation", () => {
    const account = fc.stringMatching(/^[a-z0-9]{3,24}$/);
    const secret = fc.base64String({ minLength: 8, maxLength: 88 }).filter((text) => text !== "");
    const suffix = fc.constantFrom("core.windows.net", "core.chinacloudapi.cn");
    fc.assert(
      fc.property(account, secret, suffix, fc.infiniteStream(fc.nat(99)), (name, value, end, luck) => {
        const parts = { AccountName: name, AccountKey: value, EndpointSuffix: end };
        expect(readStorageConnectionString(decorated(parts, luck))).toEqual({
          serviceUrl: `https://${name}.blob.${end}`,
          credential: { kind: "key", accountName: name, accountKey: value },
        });
      }),
    );
  });

  it("never throws, and repeats no secret", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (noise) => {
        const read = readStorageConnectionString(`${noise};AccountKey=${key}-`);
        expect("fault" in read && !read.fault.includes(key)).toBe(true);
      }),
    );
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readEventHubsConnectionString } from "#lib/event-hub/connection-string.ts";
import { decorated } from "#tests/support/connection-strings.ts";

const key = "cGxhbnRlZC1zZWNyZXQ=";
const rights = `SharedAccessKeyName=k;SharedAccessKey=${key}`;
const whole = `Endpoint=sb://Contoso.servicebus.windows.net/;${rights}`;
const contoso = {
  fullyQualifiedNamespace: "contoso.servicebus.windows.net",
  port: null,
  eventHubName: null,
  isDevelopmentEmulator: false,
  credential: { kind: "key", name: "k", key },
};

describe("an Event Hubs connection string", () => {
  it.each([
    ["whole", whole, {}],
    ["with a hub", `${whole};EntityPath=Orders`, { eventHubName: "Orders" }],
    ["with a blank EntityPath", `${whole};EntityPath= `, {}],
    ["with lower-case names", whole.toLowerCase().replace(key.toLowerCase(), key), {}],
    ["in quotes", `'${whole}'\n`, {}],
    ["without a scheme", `Endpoint=contoso.servicebus.windows.net;${rights}`, {}],
    ["with https and a port", `Endpoint=https://contoso.servicebus.windows.net:443/;${rights}`, {}],
    ["with a port of its own", `Endpoint=sb://contoso.servicebus.windows.net:5690;${rights}`, { port: 5690 }],
    ["of an emulator", `${whole};UseDevelopmentEmulator=TRUE`, { isDevelopmentEmulator: true }],
    [
      "with a signature",
      whole.replace(rights, "SharedAccessSignature=SharedAccessSignature sr=a&sig=b"),
      {
        credential: { kind: "signature", signature: "SharedAccessSignature sr=a&sig=b" },
      },
    ],
    [
      "with a signature without its word",
      whole.replace(rights, "SharedAccessSignature=sr=a&sig=b"),
      {
        credential: { kind: "signature", signature: "SharedAccessSignature sr=a&sig=b" },
      },
    ],
  ])("is read %s", (_, text, more) => {
    expect(readEventHubsConnectionString(text)).toEqual({ ...contoso, ...more });
  });

  it.each([
    ["nonsense", "is no Event Hubs connection string"],
    [`Endpoint=sb://;${rights}`, "is no Event Hubs connection string"],
    [`Endpoint=sb://con toso/;${rights}`, "is no Event Hubs connection string"],
    ["Endpoint=sb://contoso.servicebus.windows.net", "carries neither"],
    [`Endpoint=sb://contoso.servicebus.windows.net;SharedAccessKey=${key}`, "carries neither"],
    [`${whole};SharedAccessKey=${key}2`, "stands twice"],
  ])("is refused without repeating its values (%#)", (text, part) => {
    const read = readEventHubsConnectionString(text);
    expect(read).toEqual({ fault: expect.stringContaining(part) });
    expect(JSON.stringify(read)).not.toContain(key);
  });

  it("reads the same in every notation", () => {
    const label = fc.stringMatching(/^[a-z][a-z0-9-]{4,20}[a-z0-9]$/);
    const secret = fc.base64String({ minLength: 8, maxLength: 44 });
    const hub = fc.option(fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,20}[A-Za-z0-9]$/));
    fc.assert(
      fc.property(label, secret, hub, fc.infiniteStream(fc.nat(99)), (name, value, eventHubName, luck) => {
        const parts = {
          Endpoint: `sb://${name}.servicebus.windows.net/`,
          SharedAccessKeyName: "RootManageSharedAccessKey",
          SharedAccessKey: value,
          EntityPath: eventHubName ?? "",
        };
        expect(readEventHubsConnectionString(decorated(parts, luck))).toEqual({
          ...contoso,
          fullyQualifiedNamespace: `${name}.servicebus.windows.net`,
          eventHubName,
          credential: { kind: "key", name: "RootManageSharedAccessKey", key: value },
        });
      }),
    );
  });
});

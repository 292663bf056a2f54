import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { answerToken, sharedAccess } from "#lib/sandbox/local-event-hubs/connection/tokens.ts";
import type { Message } from "#lib/sandbox/local-event-hubs/rhea.ts";

const now = Date.parse("2030-01-01T00:00:00Z");
const hub = "sb://localhost:5671/Orders";

interface Signed {
  resource?: string;
  key?: string;
  keyName?: string;
  expiresAt?: number;
}

function signature({
  resource = hub,
  key = sharedAccess.key,
  keyName,
  expiresAt = now + 1000,
}: Signed): string {
  const [sr, se] = [encodeURIComponent(resource), Math.floor(expiresAt / 1000)];
  const sig = encodeURIComponent(createHmac("sha256", key).update(`${sr}\n${se}`).digest("base64"));
  return `SharedAccessSignature sr=${sr}&sig=${sig}&se=${se}&skn=${keyName ?? sharedAccess.keyName}`;
}

const jwt = (claims: object): string =>
  ["{}", JSON.stringify(claims), "x"].map((part) => Buffer.from(part).toString("base64url")).join(".");

function put(
  type: string,
  body: string,
  name = "amqps://LOCALHOST/orders/ConsumerGroups/$Default/Partitions/0",
) {
  const request = { application_properties: { operation: "put-token", type, name }, body };
  const { status, error } = answerToken(request as unknown as Message, now);
  return { status, ...(error ? { condition: error.condition, description: error.description } : {}) };
}

const sas = (signed: Signed, name?: string) =>
  put("servicebus.windows.net:sastoken", signature(signed), name);
const unauthorized = (description: string) => ({
  status: 401,
  condition: "amqp:unauthorized-access",
  description,
});

describe("a shared access signature", () => {
  it.each([
    ["a hub for what is below it", {}],
    ["the namespace", { resource: "sb://localhost/" }],
    [
      "what it is asked for itself",
      { resource: "amqps://localhost/orders/consumergroups/$default/partitions/0" },
    ],
  ])("is accepted for %s, without case, scheme and port", (_, signed) => {
    expect(sas(signed)).toEqual({ status: 202 });
  });

  it.each([
    ["another hub", { resource: "sb://localhost/order" }],
    ["another namespace", { resource: "sb://elsewhere/orders" }],
    ["nothing", { resource: "sb://" }],
  ])("is refused when it is for %s", (_, signed) => {
    expect(sas(signed)).toEqual(
      unauthorized("InvalidAudience: The authorization header contains a token with a wrong audience."),
    );
  });

  it.each([
    ["key", { key: "another" }],
    ["policy", { keyName: "another" }],
  ])("is refused with another %s", (_, signed) => {
    expect(sas(signed)).toEqual(unauthorized("InvalidSignature: The token has an invalid signature."));
  });

  it("is refused from the second at which it expires", () => {
    expect(sas({ expiresAt: now })).toEqual(
      unauthorized("ExpiredToken: The token is expired. Expiration time: '2030-01-01 00:00:00Z'."),
    );
    expect(sas({ expiresAt: now + 1000 })).toEqual({ status: 202 });
  });
});

describe("a JWT", () => {
  const exp = now / 1000 + 1;

  it.each(["https://eventhubs.azure.net", "https://eventhubs.azure.net/", "https://servicebus.azure.net/"])(
    "is accepted for %s",
    (aud) => {
      expect(put("jwt", jwt({ aud, exp }))).toEqual({ status: 202 });
    },
  );

  it("is refused for another audience", () => {
    expect(put("jwt", jwt({ aud: "https://storage.azure.com", exp }))).toMatchObject({
      status: 401,
      description: expect.stringContaining("InvalidAudience"),
    });
  });

  it("is refused when it has expired", () => {
    const expired = put("jwt", jwt({ aud: "https://eventhubs.azure.net", exp: now / 1000 }));
    expect(expired).toMatchObject({ status: 401, description: expect.stringContaining("ExpiredToken") });
  });
});

describe("any other token", () => {
  it.each([
    ["servicebus.windows.net:sastoken", "SharedAccessSignature"],
    ["servicebus.windows.net:sastoken", "SharedAccessSignature sr=%ZZ&sig=&se=x"],
    ["jwt", "a.b.c"],
    ["jwt", jwt({ aud: "https://eventhubs.azure.net" })],
    ["jwt", ""],
  ])("of the type %s is refused: %s", (type, body) => {
    expect(put(type, body)).toMatchObject({
      status: 401,
      description: expect.stringContaining("MalformedToken"),
    });
  });

  it("is a bad request when its type is not known", () => {
    expect(put("amqp:jwt", "x")).toMatchObject({ status: 400, condition: "com.microsoft:argument-error" });
  });
});

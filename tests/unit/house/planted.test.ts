import { expect, it } from "vitest";
import { Planted } from "#tests/support/fixtures/planted.ts";

it("recognises a planted secret in every form, and nothing else", () => {
  const planted = new Planted();
  const secret = planted.plant("key");
  planted.plant("another");
  const basic = (user: string) => `Basic ${Buffer.from(`${user}:${secret}!`).toString("base64")}`;
  const forms = [
    `a ${secret} b`,
    JSON.stringify({ a: secret }),
    `?a=${encodeURIComponent(secret)}`,
    basic("a"),
    basic("ab"),
    basic("abc"),
    Buffer.from(secret).toString("base64url"),
    Buffer.from(secret).toString("hex"),
  ];
  for (const text of forms) expect(planted.foundIn(text), text).toEqual(["key"]);
  expect(planted.foundIn(`key/Zq7+ ${secret.slice(1)}`)).toEqual([]);
});

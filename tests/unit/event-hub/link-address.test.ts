import { Receiver } from "rhea-promise";
import { expect, it } from "vitest";
import "#lib/event-hub/hub-client.ts";

const linkWith = (source: { address: string } | undefined): Receiver =>
  Object.create(Receiver.prototype, { _link: { value: { source } } });

it("has no address where the service never attached a link, in place of an error in a timer", () => {
  expect(linkWith(undefined).address).toBeUndefined();
  expect(linkWith({ address: "$management" }).address).toBe("$management");
});

import { expect, it } from "vitest";
import { readEventQuerySchema } from "#lib/api/read-event.ts";

it.each([undefined, "abc", "1.5", "-1"])(
  "asks for an event's number in a sentence when given %j",
  (given) => {
    const { error } = readEventQuerySchema.safeParse(given === undefined ? {} : { sequenceNumber: given });
    expect(error?.issues.map(({ message }) => message)).toEqual([
      "name the event by its sequence number, a whole number from 0 on",
    ]);
  },
);

it("accepts a number as text", () => {
  expect(readEventQuerySchema.parse({ sequenceNumber: "48200" }).sequenceNumber).toBe(48_200);
});

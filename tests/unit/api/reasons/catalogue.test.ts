import { expect, it } from "vitest";
import { openApiDocument } from "#lib/api/operations/openapi.ts";
import { catalogue, nouns } from "#lib/api/reasons/catalogue.ts";
import { fromStored, joined, reason, sentenceOf, toWire } from "#lib/api/reasons/reason.ts";
import { errorCodes } from "#lib/core/app-error.ts";

const timedOut = { errorCode: "azureTimeout", errorMessage: "No answer within 10 s." } as const;

it("has each code once", () => {
  const codes = Object.values(nouns).flatMap((noun) => Object.keys(noun));
  expect(codes.toSorted()).toEqual(Object.keys(catalogue).toSorted());
});

it("lists each code in the API's document with meaning, remedy and params", () => {
  const { components } = openApiDocument() as {
    components: { schemas: { Reason: { "x-codes": Record<string, object> } } };
  };
  const codes = components.schemas.Reason["x-codes"];
  expect(Object.keys(codes)).toEqual(Object.keys(catalogue));
  expect(codes.heldByReset).toMatchObject({
    meaning: catalogue.heldByReset.meaning,
    remedy: catalogue.heldByReset.remedy,
    params: { required: ["retryAfterSeconds"] },
  });
});

it("has in the API's document what each code of an error means, and what to do", () => {
  const { components } = openApiDocument() as {
    components: { schemas: { Error: { "x-codes": Record<string, object> } } };
  };
  const codes = components.schemas.Error["x-codes"];
  expect(Object.keys(codes)).toEqual([...errorCodes]);
  expect(codes.planGone).toEqual({ meaning: expect.any(String), remedy: "Make a new plan." });
});

it("gives a reason and its nested reasons their sentences on the wire", () => {
  const because = reason("failure", timedOut);
  expect(toWire(reason("nothingWritten", { because }))).toEqual({
    code: "nothingWritten",
    message: "Nothing was written. No answer within 10 s.",
    params: { because: { code: "failure", message: timedOut.errorMessage, params: timedOut } },
  });
  expect(toWire(null)).toBeNull();
});

it("appends further reasons to the sentence and keeps them", () => {
  const all = joined([
    null,
    reason("cutOffAmid"),
    reason("neverWritten"),
    reason("levelLeft", { ownerLevel: 1 }),
  ]);
  expect(all).toMatchObject({
    code: "cutOffAmid",
    params: { also: [{ code: "neverWritten" }, { code: "levelLeft" }] },
  });
  expect(sentenceOf(all ?? reason("groupGone"))).toMatch(
    /^The dashboard .* partition\. Nothing was written\. Event Hubs did not confirm /,
  );
  expect(fromStored(JSON.parse(JSON.stringify(toWire(all))))).toEqual(all);
  expect([joined([null]), joined([null, reason("groupGone")])]).toEqual([null, reason("groupGone")]);
});

it("reads an unknown reason as recorded", () => {
  for (const odd of [7, {}, { code: 1, params: {} }, []])
    expect(fromStored(odd)).toEqual(reason("recorded", { text: JSON.stringify(odd) }));
  expect(fromStored({ code: "constructor", params: {} })).toEqual(
    reason("recorded", { text: "constructor" }),
  );
});

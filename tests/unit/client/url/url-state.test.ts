import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hubParsers } from "#lib/client/url/page-state.ts";
import { groupListParsers, parseAsColumns, parseAsSort } from "#lib/client/url/url-state.ts";

const letters = fc.stringMatching(/^[a-zA-Z]{1,40}$/);

describe("the URL's state", () => {
  const assertAll = <T>(property: fc.IProperty<T>): void => void fc.assert(property);

  it("keeps any sort", () => {
    assertAll(
      fc.property(letters, fc.boolean(), (column, descending) => {
        const sort = { column, descending };
        expect(parseAsSort.parse(parseAsSort.serialize(sort))).toEqual(sort);
      }),
    );
  });

  it("keeps any choice of columns, also none", () => {
    assertAll(
      fc.property(fc.array(letters, { maxLength: 40 }), (ids) => {
        expect(parseAsColumns.parse(parseAsColumns.serialize(ids))).toEqual(ids);
      }),
    );
  });

  it.each(["", "lag", "lag.up", "lag.desc.x", "<b>.asc", `${"a".repeat(41)}.asc`])(
    "takes %j for no sort",
    (text) => {
      expect(parseAsSort.parse(text)).toBeNull();
    },
  );

  it.each(["a,,b", "a b", "<x>", Array.from({ length: 41 }, () => "a").join()])(
    "takes %j for no columns",
    (text) => {
      expect(parseAsColumns.parse(text)).toBeNull();
    },
  );

  it("drops unknown statuses and tabs", () => {
    expect(groupListParsers.status.parse("stop,nonsense,ok")).toEqual(["stop", "ok"]);
    expect(hubParsers.tab.parse("nonsense")).toBeNull();
  });
});

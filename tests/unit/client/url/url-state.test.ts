import * as fc from "fast-check";
import { isParserBijective } from "nuqs/testing";
import { describe, expect, it } from "vitest";
import { groupListParsers, parseAsColumns, parseAsHubTab, parseAsSort } from "#lib/client/url/url-state.ts";

const letters = fc.stringMatching(/^[a-zA-Z]{1,40}$/);

describe("the URL's state", () => {
  const assertAll = <T>(property: fc.IProperty<T>): void => void fc.assert(property);

  it("keeps any sort", () => {
    assertAll(
      fc.property(letters, fc.boolean(), (column, descending) => {
        const sort = { column, descending };
        return isParserBijective(parseAsSort, parseAsSort.serialize(sort), sort);
      }),
    );
  });

  it("keeps any choice of columns, also none", () => {
    assertAll(
      fc.property(fc.array(letters, { maxLength: 40 }), (ids) =>
        isParserBijective(parseAsColumns, parseAsColumns.serialize(ids), ids),
      ),
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
    expect(parseAsHubTab.parse("nonsense")).toBeNull();
  });
});

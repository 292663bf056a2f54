import { useCallback } from "react";
import { groupTabParsers, partitionListParsers } from "#lib/client/url/page-state.ts";
import { parseAsString } from "#lib/client/url/parsers.ts";
import { useQueryState } from "#lib/client/url/use-query.ts";

const { q, status, behind } = partitionListParsers;
// A partition whose next event is to be read: done once, and gone from the address.
const parsers = { ...groupTabParsers, q, status, behind, read: parseAsString };

/** Which partition's next event is to be read. To ask shows its row, whatever tab and filters hide it. */
export function useReadRequest(): [asked: string | null, ask: (partitionId: string | null) => void] {
  const [{ read }, setUrl] = useQueryState(parsers);
  const ask = useCallback(
    (partitionId: string | null) =>
      setUrl(
        partitionId === null
          ? { read: null }
          : { tab: null, q: null, status: null, behind: null, read: partitionId },
      ),
    [setUrl],
  );
  return [read, ask];
}

import { useQueryStates } from "nuqs";
import { useCallback } from "react";
import { parseAsAsked, parseAsGroupTab, partitionListParsers } from "#lib/client/url/url-state.ts";

const { q, status, behind } = partitionListParsers;
const parsers = { tab: parseAsGroupTab, q, status, behind, read: parseAsAsked };

/** Which partition's next event is to be read. To ask shows its row, whatever tab and filters hide it. */
export function useReadRequest(): [asked: string | null, ask: (partitionId: string | null) => void] {
  const [{ read }, setUrl] = useQueryStates(parsers);
  const ask = useCallback(
    (partitionId: string | null) =>
      void setUrl(
        partitionId === null
          ? { read: null }
          : { tab: null, q: null, status: null, behind: null, read: partitionId },
      ),
    [setUrl],
  );
  return [read, ask];
}

import { MutationCache, QueryCache, QueryClient, queryOptions } from "@tanstack/react-query";
import type { Me } from "#lib/api/me.ts";
import { createStore, type Store } from "#lib/client/browser/store.ts";
import { codeOf } from "./client-error.ts";
import { getJson } from "./get-json.ts";

interface PageClient {
  client: QueryClient;
  isOver: Store<boolean>;
}

export function createPageClient(): PageClient {
  const isOver = createStore(false);
  const tell = (over: boolean) => {
    if (isOver.get() !== over) isOver.set(over);
  };
  const onError = (error: Error) => {
    if (codeOf(error) === "unauthenticated") tell(true);
  };
  const onSuccess = () => tell(false);
  const client = new QueryClient({
    queryCache: new QueryCache({ onError, onSuccess }),
    mutationCache: new MutationCache({ onError, onSuccess }),
    defaultOptions: { queries: { refetchOnWindowFocus: false, gcTime: 120_000 } },
  });
  return { client, isOver };
}

/** Asked when a stream breaks, which does not say if the session was the cause. */
export function meQuery() {
  return queryOptions<Me>({
    queryKey: ["me"],
    retry: false,
    queryFn: ({ signal }) =>
      getJson("/api/v1/me", async () => (await import("#lib/api/me.ts")).meSchema, signal),
  });
}

export function signInPath(returnTo: string): string {
  return `/sign-in?${new URLSearchParams({ return: returnTo })}`;
}

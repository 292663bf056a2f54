import { MutationCache, QueryCache, QueryClient, queryOptions } from "@tanstack/react-query";
import type { Me } from "#lib/api/me.ts";
import { createStore, type Store } from "#lib/client/browser/store.ts";
import { codeOf } from "./client-error.ts";
import { getJson, type LazySchema, postJson } from "./http.ts";

interface PageClient {
  client: QueryClient;
  /** The server no longer knows who looks: they have to sign in again. */
  isOver: Store<boolean>;
}

/** The cache of what the pages ask for. Any of its answers tells whether the session still holds. */
export function createPageClient(): PageClient {
  const isOver = createStore(false);
  const tell = (over: boolean) => {
    if (isOver.get() !== over) isOver.set(over);
  };
  // A server that can't be reached, or fails, says nothing about it.
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

/** Who asks: a stream that breaks does not say that it was for want of a session. */
export function meQuery() {
  return queryOptions<Me>({
    queryKey: ["me"],
    retry: false,
    queryFn: ({ signal }) =>
      getJson("/api/v1/me", async () => (await import("#lib/api/me.ts")).meSchema, signal),
  });
}

const signedOutSchema: LazySchema<{ location: string }> = async () =>
  (await import("#lib/api/me.ts")).signedOutSchema;

/** Ends the session; answers where to go on. @throws ClientError */
export async function signOut(): Promise<string> {
  try {
    return (await postJson("/api/v1/sign-out", {}, signedOutSchema)).location;
  } catch (error) {
    // It was over already.
    if (codeOf(error) === "unauthenticated") return "/signed-out";
    throw error;
  }
}

/** Where to sign in, to be back at this path afterwards. */
export function signInPath(returnTo: string): string {
  return `/sign-in?${new URLSearchParams({ return: returnTo })}`;
}

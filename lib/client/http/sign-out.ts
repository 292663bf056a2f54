import { codeOf } from "./client-error.ts";
import { type LazySchema, postJson } from "./http.ts";

const signedOutSchema: LazySchema<{ location: string }> = async () =>
  (await import("#lib/api/me.ts")).signedOutSchema;

export async function signOut(): Promise<string> {
  try {
    return (await postJson("/api/v1/sign-out", {}, signedOutSchema)).location;
  } catch (error) {
    if (codeOf(error) === "unauthenticated") return "/signed-out";
    throw error;
  }
}

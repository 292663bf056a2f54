import { z } from "zod";
import { declare, errorShape } from "./declare.ts";

export const commonReasons = {
  recorded: declare(
    { text: z.string() },
    {
      meaning:
        "Recorded as a sentence by an earlier version, or by a later one under a code that this one has not.",
      remedy: null,
      sentence: ({ text }) => text,
    },
  ),
  failure: declare(errorShape, {
    meaning: "A request to Azure or to the history failed; `errorCode` is that error's code.",
    remedy: "Follow the error's own message.",
    sentence: ({ errorMessage }) => errorMessage,
  }),
};

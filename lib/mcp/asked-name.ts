import {
  type InputRequiredResult,
  inputRequired,
  inputResponse,
  type ServerContext,
} from "@modelcontextprotocol/server";
import { z } from "zod";

const answerKey = "confirm";

interface Question {
  message: string;
  title: string;
  description: string;
}

/**
 * The first call asks the person for a name; the call with the answer has it. A missing one is "": refused like a wrong
 * one, and recorded in the activity.
 * @param question throws where an answer would not count
 */
export function askedName(
  { mcpReq }: ServerContext,
  question: () => Question,
): { typed: string } | { ask: InputRequiredResult } {
  const view = inputResponse(mcpReq.inputResponses, answerKey);
  if (view.kind === "missing") {
    const { message, title, description } = question();
    const requestedSchema = z.object({ name: z.string().max(256).meta({ title, description }) });
    return {
      ask: inputRequired({
        inputRequests: { [answerKey]: inputRequired.elicit({ message, requestedSchema }) },
      }),
    };
  }
  const isAnswered = view.kind === "elicit" && view.action === "accept";
  const answer = z.object({ name: z.string().max(256) }).safeParse(isAnswered ? view.content : null);
  return { typed: answer.data?.name ?? "" };
}

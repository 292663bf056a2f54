import type { ErrorCode } from "#lib/core/app-error.ts";

interface Meaning {
  meaning: string;
  /** The next step. Null: there is nothing to do. */
  remedy: string | null;
}

const seeDiagnosis = "See the diagnosis of the event hub: it names what failed, and the next step.";

/** The meaning of each code of a failed request, and what to do. */
export const errorMeanings: Record<ErrorCode, Meaning> = {
  invalidRequest: {
    meaning: "Something in the request is missing or wrong. The message names each field.",
    remedy: "Correct the fields that the message names.",
  },
  unauthenticated: {
    meaning: "Nobody is signed in, the session has ended, or the API token is not valid.",
    remedy: "Sign in again, or make a new token.",
  },
  forbidden: {
    meaning: "The role of whoever asks is not enough here. The message names the role that is.",
    remedy: "Ask an admin for that role.",
  },
  notFound: {
    meaning: "There is nothing under this name, or it may not be seen with this role.",
    remedy: "Check the name. A hub appears once it is configured, a group once it has a blob.",
  },
  methodNotAllowed: {
    meaning: "The route does not take this HTTP method.",
    remedy: "Use a method that the message names.",
  },
  conflict: {
    meaning: "It can't be done in the present state, or somebody else was quicker.",
    remedy: "Look at the present state, and try again if it is still wanted.",
  },
  payloadTooLarge: {
    meaning: "The body of the request is too large.",
    remedy: "Send less: fewer partitions in one request.",
  },
  tooManyRequests: {
    meaning: "Too many requests of this kind were made, or run now.",
    remedy: "Wait as long as the message says. Close pages that nobody looks at.",
  },
  internal: {
    meaning: "A fault of the dashboard itself. Nothing was told of the cause, as it may hold secrets.",
    remedy: "Search the log for the `requestId`, and report it.",
  },
  notReadYet: {
    meaning: "The event hub or a store was not read yet since the start.",
    remedy: "Wait for the first refresh. If it does not come, see the diagnosis of the event hub.",
  },
  figuresTooOld: {
    meaning: "The figures are older than three refreshes, so an autoscaler must not use them.",
    remedy: seeDiagnosis,
  },
  lagUnknown: {
    meaning: "The lag of a partition is not known, so the group's lag is not known either.",
    remedy: "Look at the group: the partition's reason says why.",
  },
  azureTimeout: {
    meaning: "Azure did not answer in time.",
    remedy: "It is tried again at each refresh. If it lasts, check the network between here and Azure.",
  },
  azureUnauthorized: {
    meaning: "Azure refused the credentials, or they lack a role.",
    remedy: "Give the identity the roles that the diagnosis names. New roles take some minutes to hold.",
  },
  azureThrottled: {
    meaning: "Azure is busy, or its limit of requests is reached.",
    remedy: "Nothing at once: requests slow down by themselves. If it lasts, raise `refreshSeconds`.",
  },
  azureUnreachable: {
    meaning: "Azure could not be reached: a wrong name, a closed port, a firewall or a private endpoint.",
    remedy: "Check the name and the network; `transport: webSockets` needs port 443 alone.",
  },
  azureFailed: {
    meaning: "Azure answered with a failure of another kind. The message has its words.",
    remedy: seeDiagnosis,
  },
  eventHubNotFound: {
    meaning: "The namespace has no event hub or consumer group of this name.",
    remedy: "Check the names in the configuration.",
  },
  containerNotFound: {
    meaning: "The storage account has no container of this name.",
    remedy: "Check the name in the configuration. Processors do not create the container themselves.",
  },
  historyUnavailable: {
    meaning: "The database of the history can't be read or written just now.",
    remedy: "Check the disk or the PostgreSQL server. Figures go on from memory meanwhile.",
  },
  readOnly: {
    meaning: "The dashboard is read-only, so nothing can be changed.",
    remedy: "Set `TIDEMARK_READ_ONLY=false` where it runs, and start it again.",
  },
  resetRunning: {
    meaning: "Another reset of the group is running.",
    remedy: "Wait until it ends, or stop it on its page.",
  },
  planGone: {
    meaning: "The plan has expired, was applied, or is somebody else's.",
    remedy: "Make a new plan.",
  },
  deviceSignInUnavailable: {
    meaning: "People don't sign in to this dashboard at an issuer, or the issuer has no device code flow.",
    remedy: "Use an API token.",
  },
  issuerFailed: {
    meaning: "The issuer that people sign in at can't be reached, or did not answer as it should.",
    remedy: "Try again. If it lasts, see the server's log.",
  },
};

/** The page's words when the server gave no answer of its own. */
export const browserErrorMeanings: Record<string, Meaning> = {
  unreachable: {
    meaning: "The page got no answer from the dashboard's server.",
    remedy: "Check that it runs, and that this machine is online.",
  },
  timedOut: {
    meaning: "The dashboard's server did not answer in time.",
    remedy: "Try again. If it lasts, see the server's log.",
  },
  notUnderstood: {
    meaning: "The answer has a shape that this page does not know, or came from something in between.",
    remedy: "Reload the page. If it lasts, see what answers in front of the dashboard.",
  },
  newVersion: {
    meaning: "A newer dashboard runs than the one that this page came from.",
    remedy: "Reload the page.",
  },
  partMissing: {
    meaning: "A part of the page could not be loaded.",
    remedy: "Reload the page.",
  },
};

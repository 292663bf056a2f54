export interface Variable {
  default: string;
  meaning: string;
}

const server = {
  TIDEMARK_CONFIG: {
    default: "`tidemark.config.json`, if there is one",
    meaning: "The configuration file.",
  },
  TIDEMARK_PUBLIC_URL: {
    default: "",
    meaning:
      "The address that people open, such as `https://tidemark.example`. Sign-ins come back to it, and links in alerts lead to it.",
  },
  TIDEMARK_HOSTS: {
    default: "",
    meaning: "More host names for the dashboard, separated by commas. Requests for other hosts are refused.",
  },
  TIDEMARK_AUTH: { default: "`none`", meaning: "Who is let in: `none`, `oidc` or `proxy`." },
  TIDEMARK_ALLOW_ANONYMOUS: {
    default: "`false`",
    meaning: "`true` lets everybody in who reaches the dashboard, also from other machines. For `none`.",
  },
  TIDEMARK_READ_ONLY: {
    default: "`true` with `none`, else `false`",
    meaning: "`true` refuses every change, for everybody.",
  },
  TIDEMARK_OPERATIONS_PORT: { default: "", meaning: "A port of their own for probes and metrics." },
  TIDEMARK_DATA_DIR: { default: "`.tidemark`", meaning: "The folder of the built-in database." },
  TIDEMARK_LOG_LEVEL: {
    default: "`info`",
    meaning:
      "`trace`, `debug`, `info`, `warn`, `error`, `fatal` or `silent`. The log has one JSON object a line, on standard error.",
  },
} satisfies Record<string, Variable>;

const oidc = {
  TIDEMARK_OIDC_ISSUER: {
    default: "",
    meaning: "The issuer's URL: https, or http on this machine. For Entra ID it has the tenant's id.",
  },
  TIDEMARK_OIDC_CLIENT_ID: { default: "", meaning: "The id that the issuer has for the dashboard." },
  TIDEMARK_OIDC_CLIENT_SECRET: { default: "", meaning: "The secret. Leave it out for a public client." },
  TIDEMARK_OIDC_SCOPE: { default: "`openid profile email`", meaning: "The scopes to ask for." },
  TIDEMARK_SESSION_SECRET: {
    default: "",
    meaning:
      "32 random characters or more. All dashboards behind one address need the same. A new one ends all sessions.",
  },
  TIDEMARK_SESSION_MINUTES: {
    default: "480",
    meaning: "After this time one has to sign in again: 1 to 1440.",
  },
} satisfies Record<string, Variable>;

const proxy = {
  TIDEMARK_PROXY_HEADERS: {
    default: "",
    meaning:
      "`easyAuth` (Azure App Service, Container Apps) or `oauth2Proxy` (`x-forwarded-user`, `-email`, `-preferred-username`, `-groups`). The proxy must remove these headers from requests that come from outside.",
  },
  TIDEMARK_PROXY_ADDRESSES: {
    default: "",
    meaning:
      "Addresses or networks of the proxy, separated by commas. `X-Forwarded-For` is trusted only from these, with any `TIDEMARK_AUTH`.",
  },
  TIDEMARK_PROXY_SECRET: {
    default: "",
    meaning: "32 random characters or more. The proxy sends them as `x-tidemark-proxy-secret`.",
  },
} satisfies Record<string, Variable>;

const commandLine = {
  TIDEMARK_URL: {
    default: "`http://127.0.0.1:3000`",
    meaning: "The dashboard that the command line asks.",
  },
  TIDEMARK_TOKEN: { default: "", meaning: "The API token that the command line sends." },
} satisfies Record<string, Variable>;

const others = {
  HOSTNAME: {
    default: "`127.0.0.1`",
    meaning: "The address to listen on. Containers set it to a name of their own: set it to `0.0.0.0` there.",
  },
  PORT: { default: "3000", meaning: "The port to listen on." },
  DATABASE_URL: {
    default: "",
    meaning: "`postgres://…`: keeps the history in PostgreSQL, in place of the built-in database.",
  },
  "HTTPS_PROXY, HTTP_PROXY, NO_PROXY": {
    default: "",
    meaning:
      "The proxy for sign-in, storage, Azure Resource Manager, alerts, metrics, and Event Hubs with `webSockets`. AMQP goes past it. The URL may hold a user and a password.",
  },
  NODE_EXTRA_CA_CERTS: { default: "", meaning: "A file with the certificates of your own authority." },
  "EVENTHUB_CONNECTION_STRING, EVENTHUB_NAMESPACE, EVENTHUB_NAME": {
    default: "",
    meaning: "One event hub without a configuration file.",
  },
  "STORAGE_CONNECTION_STRING, STORAGE_ACCOUNT_URL, CHECKPOINT_CONTAINER": {
    default: "",
    meaning: "The checkpoint store of that event hub.",
  },
  AZURE_CLIENT_ID: {
    default: "",
    meaning: "The client id of a user-assigned managed identity.",
  },
  "OTEL_…": { default: "", meaning: "Sends the metrics to an OpenTelemetry collector." },
  "AZURE_LOG_LEVEL, DEBUG": { default: "", meaning: "The logs of Azure's client libraries." },
} satisfies Record<string, Variable>;

export const knownVariables = { server, oidc, proxy, commandLine, others };

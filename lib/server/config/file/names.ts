import { z } from "zod";
import { readEndpoint } from "#lib/core/connection-fields.ts";
import { groupNamePattern } from "#lib/core/name-pattern.ts";

/** Trimmed: names from mounted files end in a line break. */
export const name = z
  .string()
  .trim()
  .min(1, "must not be blank")
  .max(256, "must have 256 characters at most");

export const hubName = name.regex(
  /^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/,
  "must be an event hub's name: letters, digits, dots, dashes and underscores, without a path",
);

export const groupName = name.regex(
  groupNamePattern,
  "must be a consumer group's name, without blanks or slashes",
);

/** The service's rule. For a path, the fault says where its folder belongs. */
export const containerName = name
  .refine((text) => !text.includes("/"), "must be only a container's name; put the folder in it into prefix")
  .refine(
    (text) => text.includes("/") || /^(\$root|\$web|\$logs|(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*)$/.test(text),
    "must be a container's name: 3 to 63 lower-case letters, digits and single dashes",
  );

const notHost = "must be a host name such as contoso.servicebus.windows.net";

/** `contoso.servicebus.windows.net`, also taken from a URL; lower-cased. */
export const namespaceHost = name.transform((text, context) => {
  const url = readEndpoint(text, "sb");
  if (url === null || !isHost(url.hostname)) {
    context.addIssue({ code: "custom", message: notHost });
    return z.NEVER;
  }
  if (!["", "443", "5671"].includes(url.port)) {
    context.addIssue({
      code: "custom",
      message: "must be a host name without a port; only a connectionString's Endpoint may have one",
    });
    return z.NEVER;
  }
  return url.hostname.toLowerCase();
});

export const namespaceAlias = name.transform((text, context) => {
  const url = readEndpoint(text, "sb");
  if (url !== null && isHost(url.hostname)) return url.host.toLowerCase();
  context.addIssue({ code: "custom", message: notHost });
  return z.NEVER;
});

function isHost(hostname: string): boolean {
  return /^(\[[0-9a-f:.]+\]|[a-z0-9]([a-z0-9._-]*[a-z0-9])?)$/i.test(hostname);
}

export function webUrl(schemes: "http or https" | "https") {
  const protocol = schemes === "https" ? /^https$/ : /^https?$/;
  return z
    .string()
    .trim()
    .pipe(z.url({ protocol, error: `must be an ${schemes} URL` }));
}

/** Reached with an identity, so only https: the SDK sends no token over http. */
export const storageUrl = z
  .string()
  .trim()
  .pipe(
    z.url({
      protocol: /^https$/,
      error: ({ input }) =>
        /^http:/i.test(String(input))
          ? "is http, and an identity's token is sent only over https; give the https address, or a connectionString with a key or signature"
          : "must be an https URL",
    }),
  );

/** The options that fill the fields of requests. */
export const optionOfField: Readonly<Record<string, string>> = {
  "body from.store": "--store",
  "body to.hub": "--to-hub",
  "body to.store": "--to-store",
  "body to.group": "--to-group",
  "body groups": "--groups",
  "body partitions": "--partitions",
  "body overwrite": "--overwrite",
  "body format": "--format",
  "body blobs": "--blob",
  "body confirm": "--confirm",
  "body handlerSeconds": "--handler-seconds",
  "body target.name": "--to-group",
  "body target.value": "--to-sequence-number",
  "body target.seconds": "--by-duration",
  "body target.by": "--shift-by",
  "body target.exportedFrom": "--by",
  "body note": "--note",
  "body rule": "--rule",
  "body seconds": "--for",
  "query store": "--store",
  "query from": "--from",
  "query to": "--to",
  "query points": "--points",
  "query partition": "--partition",
  "query limit": "--limit",
};

/** Names the option where the dashboard's refusal names the field of a request. */
export function withOptions(message: string): string {
  return message
    .replaceAll(/\b((?:body|query) [A-Za-z.]+?)(?:\.\d+)*:/g, (all, field: string) => {
      const option = optionOfField[field];
      return option === undefined ? all : `${option}:`;
    })
    .replaceAll(
      /(^|\. )([A-Za-z.]+?)(?:\.\d+)*(?= (?:is|must|has) )/g,
      (all, before: string, field: string) => {
        const option = optionOfField[`body ${field}`] ?? optionOfField[`query ${field}`];
        return option === undefined ? all : `${before}${option}`;
      },
    );
}

/** The options that fill the fields of requests. */
export const optionOfField: Readonly<Record<string, string>> = {
  "from.store": "--store",
  "to.hub": "--to-hub",
  "to.store": "--to-store",
  "to.group": "--to-group",
  groups: "--groups",
  partitions: "--partitions",
  overwrite: "--overwrite",
  format: "--format",
  blobs: "--blob",
  confirm: "--confirm",
  handlerSeconds: "--handler-seconds",
  "target.name": "--to-group",
  "target.value": "--to-sequence-number",
  "target.seconds": "--by-duration",
  "target.by": "--shift-by",
  note: "--note",
  rule: "--rule",
  seconds: "--for",
  store: "--store",
  from: "--from",
  to: "--to",
  points: "--points",
  partition: "--partition",
  limit: "--limit",
};

/** Names the option where the dashboard's refusal names the field of a request. */
export function withOptions(message: string): string {
  return message.replaceAll(
    /(^|\. )([A-Za-z.]+?)(?:\.\d+)*(?= (?:is|must|has) )/g,
    (all, before: string, field: string) => {
      const option = optionOfField[field];
      return option === undefined ? all : `${before}${option}`;
    },
  );
}

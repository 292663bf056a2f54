export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Replaces `${NAME}` in all strings of a JSON value. Drops strings with an unset variable.
 * @param report gets each unset variable with the string's path.
 */
export function substitute(
  value: unknown,
  env: Environment,
  report: (problem: string) => void,
  path = "",
): unknown {
  if (typeof value === "string") {
    let isWhole = true;
    const text = value.replace(/\$\{([^}]*)\}/g, (_, variable: string) => {
      const found = env[variable];
      if (found !== undefined) return found;
      isWhole = false;
      report(`${path}: the environment variable ${JSON.stringify(variable)} is not set`);
      return "";
    });
    return isWhole ? text : undefined;
  }
  if (Array.isArray(value)) {
    return value.map((item, index) => substitute(item, env, report, `${path}[${index}]`));
  }
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        key,
        substitute(item, env, report, path === "" ? key : `${path}.${key}`),
      ]),
    );
  }
  return value;
}

/**
 * Runs npm with the current npm and Node; neither need be on the PATH.
 * @param {string[]} args
 * @returns {{command: string, args: string[], shell: boolean}}
 */
export function npm(args) {
  // `npx` is the same program, started from another file.
  const script = process.env.npm_execpath?.replace(/npx-cli\.js$/, "npm-cli.js");
  return script?.endsWith("js")
    ? { command: process.execPath, args: [script, ...args], shell: false }
    : { command: "npm", args, shell: process.platform === "win32" };
}

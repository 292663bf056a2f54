/** Everything that is found wrong with a configuration, each as `path: what`, once. */
export class Faults {
  readonly #problems = new Set<string>();
  readonly report = (problem: string): void => {
    this.#problems.add(problem);
  };

  get problems(): readonly string[] {
    return [...this.#problems];
  }

  /**
   * Whether a value at this path, or below it, is at fault, so that nothing may be concluded from it. Unknown keys
   * don't count: the rest beside them is sound.
   */
  isFaulty(path: string): boolean {
    return this.problems.some((problem) => {
      const at = problem.slice(0, problem.indexOf(": "));
      if (at === path) return !problem.slice(at.length).startsWith(": unknown key");
      return at.startsWith(path) && /^[.[]/.test(at.slice(path.length));
    });
  }
}

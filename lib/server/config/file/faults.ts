export class Faults {
  readonly #problems = new Set<string>();
  readonly report = (problem: string): void => {
    this.#problems.add(problem);
  };

  get problems(): readonly string[] {
    return [...this.#problems];
  }

  /**
   * True when a value at or below this path is faulty, so that nothing follows from it. Unknown keys don't
   * count, since the rest is valid.
   */
  isFaulty(path: string): boolean {
    return this.problems.some((problem) => {
      const at = problem.slice(0, problem.indexOf(": "));
      if (at === path) return !problem.slice(at.length).startsWith(": unknown key");
      return at.startsWith(path) && /^[.[]/.test(at.slice(path.length));
    });
  }
}

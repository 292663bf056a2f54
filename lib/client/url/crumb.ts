export interface Crumb {
  text: string;
  /** For phones, where the long one would be cut. */
  short?: string;
  /** None: the page itself. */
  href?: string;
}

export const nowhere: Crumb = { text: "Page not found" };

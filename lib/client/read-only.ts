/** Why nothing can be changed: what a control that is off says. */
export const whyReadOnly =
  "This dashboard is read-only: it changes nothing and prepares no change. Set TIDEMARK_READ_ONLY=false where it may.";

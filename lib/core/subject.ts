/** Who somebody is to the one that vouches for them, whatever name they give themselves. */
export interface Subject {
  /** The issuer's address, or how the proxy in front tells who it is. */
  issuer: string;
  key: string;
}

/** How a request came in, where that is worth telling: through a tool of an assistant. */
export type Via = "tool";

interface Known {
  subject?: Subject | null | undefined;
  via?: Via | undefined;
}

/** What the activity is to hold of who did it, beside the name: who vouches for them, and how it came in. */
export function subjectDetails({ subject, via }: Known): { subject?: Subject; via?: Via } {
  return { ...(subject != null && { subject }), ...(via !== undefined && { via }) };
}

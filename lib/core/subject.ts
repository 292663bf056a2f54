/** A person or token as their issuer knows them, whatever name they carry. */
export interface Subject {
  /** The issuer's address, or how the proxy in front identifies people. */
  issuer: string;
  key: string;
}

export type Via = "tool";

interface Known {
  subject?: Subject | null | undefined;
  via?: Via | undefined;
}

/** The actor's details in the activity, besides the name. */
export function subjectDetails({ subject, via }: Known): { subject?: Subject; via?: Via } {
  return { ...(subject != null && { subject }), ...(via !== undefined && { via }) };
}

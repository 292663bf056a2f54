/**
 * A person or token as their issuer knows them, whatever name they carry. `issuer` is an address, or how the
 * proxy in front identifies people.
 */
export interface Subject {
  issuer: string;
  key: string;
}

export type Via = "tool";

interface Known {
  subject?: Subject | null | undefined;
  via?: Via | undefined;
}

export function subjectDetails({ subject, via }: Known): { subject?: Subject; via?: Via } {
  return { ...(subject != null && { subject }), ...(via !== undefined && { via }) };
}

/** Who somebody is to the one that vouches for them, whatever name they give themselves. */
export interface Subject {
  /** The issuer's address, or how the proxy in front tells who it is. */
  issuer: string;
  key: string;
}

/** What the activity is to hold of who did it, beside the name; nothing where nobody vouches. */
export function subjectDetails({ subject }: { subject?: Subject | null | undefined }): { subject?: Subject } {
  return subject == null ? {} : { subject };
}

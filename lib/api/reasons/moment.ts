export function moment(at: string): string {
  return `${at.slice(0, 19).replace("T", " ")} UTC`;
}

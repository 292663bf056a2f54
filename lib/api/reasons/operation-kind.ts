export type OperationKind = "reset" | "move" | "cleanup" | "undo";

export function operationKind(targetKind: string): OperationKind {
  return targetKind === "undo" || targetKind === "move" || targetKind === "cleanup" ? targetKind : "reset";
}

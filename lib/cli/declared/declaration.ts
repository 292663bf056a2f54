export interface OptionDeclaration {
  flags: string;
  description: string;
  default?: string;
  env?: string;
  choices?: readonly string[];
}

interface ArgumentDeclaration {
  name: string;
  description: string;
  isOptional?: true;
}

export interface CommandDeclaration {
  summary: string;
  details?: string;
  arguments: readonly ArgumentDeclaration[];
  options: readonly OptionDeclaration[];
  examples: readonly { line: string; does: string }[];
}

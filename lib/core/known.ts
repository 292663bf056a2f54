export function largest(values: readonly (number | null)[]): number | null {
  return values.reduce((max, value) => (value === null ? max : Math.max(max ?? value, value)), null);
}

export function smallest(values: readonly (number | null)[]): number | null {
  return values.reduce((min, value) => (value === null ? min : Math.min(min ?? value, value)), null);
}

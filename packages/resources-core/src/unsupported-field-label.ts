/** How kinds with selectable fields of their own refuse other labels in field selectors. */
export function unsupportedFieldLabel(label: string): string {
  return `field label not supported: ${label}`;
}

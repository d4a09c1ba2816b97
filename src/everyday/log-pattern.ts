/**
 * CloudWatch's filter pattern for lines with exactly this text in them: quoted it is one phrase, whatever is in it (Amazon
 * CloudWatch Logs User Guide, "Filter pattern syntax": unstructured log events).
 */
export function patternFor(text: string): string {
  return `"${text.replaceAll(/["\\]/g, "\\$&")}"`;
}

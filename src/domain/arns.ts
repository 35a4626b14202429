/** The twelve-digit account in an ARN, or an empty string when the text is not an ARN. */
export function accountOf(arn: string): string {
  return /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1] ?? '';
}

/** Why there is no answer. Its message is the end of a sentence. */
export class NoAnswer extends Error {
  constructor(
    message: string,
    /** Whether the same may go well later. */
    readonly retryable: boolean,
    readonly remedy?: string,
  ) {
    super(message);
  }
}

const NETWORK_PROBLEMS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'has a host whose name cannot be resolved',
  EAI_AGAIN: 'has a host whose name cannot be resolved at the moment',
  ECONNREFUSED: 'refuses connections',
  ECONNRESET: 'broke the connection off',
  EPIPE: 'broke the connection off',
  EHOSTUNREACH: 'cannot be reached from here',
  ENETUNREACH: 'cannot be reached from here',
  ETIMEDOUT: 'could not be connected to in time',
};

const CERTIFICATES =
  /^(CERT_|ERR_TLS|ERR_SSL|EPROTO|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA)/;

/** What a failed connection of Node.js means to a person. */
export function asNoAnswer(error: unknown): NoAnswer {
  if (error instanceof NoAnswer) return error;
  const code = codeOf(error);
  if (CERTIFICATES.test(code)) {
    return new NoAnswer(
      `cannot be trusted: its TLS certificate or protocol is not good (${code})`,
      false,
    );
  }
  if (code.startsWith('HPE_')) return new NoAnswer('does not answer in HTTP', true);
  return new NoAnswer(NETWORK_PROBLEMS[code] ?? `gave no answer (${code})`, true);
}

/** Several addresses that all failed are one error with several in it. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : 'unknown';
}

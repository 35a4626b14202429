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
  // Those of fetch itself.
  UND_ERR_SOCKET: 'broke the connection off',
  UND_ERR_CONNECT_TIMEOUT: 'could not be connected to in time',
};

/** Source: "X509 certificate error codes" in the documentation of Node.js's TLS. */
const CERTIFICATES: readonly (readonly [code: RegExp, text: string])[] = [
  [/^CERT_HAS_EXPIRED$/, 'has expired'],
  [/^CERT_NOT_YET_VALID$/, 'is not valid yet'],
  [/^(ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH)$/, 'is for another name'],
  [/^(DEPTH_ZERO_)?SELF_SIGNED_CERT/, 'is signed by nobody whom this process trusts'],
  [/^UNABLE_TO_(GET_ISSUER|VERIFY)/, 'is signed by nobody whom this process trusts'],
  [/^(CERT_|CRL_|ERR_TLS_CERT|UNABLE_TO_|INVALID_|PATH_LENGTH_)/, 'is not good'],
];

const OF_CERTIFICATES =
  'Mend the certificate. That of an authority of your own becomes trusted with ' +
  'NODE_EXTRA_CA_CERTS, in the environment of whoever makes the call.';

/** What a failed connection of Node.js means to a person. */
export function asNoAnswer(error: unknown): NoAnswer {
  if (error instanceof NoAnswer) return error;
  const code = codeOf(error);
  const [, problem] = CERTIFICATES.find(([pattern]) => pattern.test(code)) ?? [];
  if (problem !== undefined) {
    const message = `cannot be trusted: its certificate ${problem} (${code})`;
    return new NoAnswer(message, false, OF_CERTIFICATES);
  }
  if (/^(ERR_SSL|ERR_TLS|EPROTO)/.test(code)) {
    return new NoAnswer(`does not speak TLS that can be used here (${code})`, false);
  }
  if (isNoHttp(error, code)) return new NoAnswer('does not answer in HTTP', true);
  return new NoAnswer(NETWORK_PROBLEMS[code] ?? `gave no answer (${code})`, true);
}

/** The parser's codes begin like this; in fetch of Node.js 24 its errors have only their name. */
function isNoHttp(error: unknown, code: string): boolean {
  return code.startsWith('HPE_') || (error as Error | undefined)?.name === 'HTTPParserError';
}

/** Several addresses that all failed are one error with several in it. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : 'unknown';
}

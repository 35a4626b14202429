/** Every form in which a secret leaves Sluice, or comes back from a system that quotes what it got. */
export const SECRET_FORMS: Record<string, (secret: string) => string> = {
  'as it is': (secret) => secret,
  'in a header': (secret) => secret.trim(),
  'in a query': (secret) => encodeURIComponent(secret),
  'in a query, in lower case': (secret) =>
    encodeURIComponent(secret).replaceAll(/%[\dA-F]{2}/g, (one) => one.toLowerCase()),
  'in a path': (secret) => secret.split('/').map(encodeURIComponent).join('/'),
  'in a host': (secret) => encodeURIComponent(secret).replaceAll('%3A', ':'),
  'in a form': (secret) => new URLSearchParams({ secret }).toString().slice('secret='.length),
  'in JSON': (secret) => JSON.stringify(secret).slice(1, -1),
  'in JSON with slashes escaped': (secret) =>
    JSON.stringify(secret).slice(1, -1).replaceAll('/', '\\/'),
  'in JSON of ASCII alone': (secret) =>
    JSON.stringify(secret)
      .slice(1, -1)
      .replaceAll(/[^\0-~]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`),
  'in JSON within JSON': (secret) =>
    JSON.stringify(JSON.stringify(secret).slice(1, -1)).slice(1, -1),
  'in a form within JSON': (secret) =>
    JSON.stringify(new URLSearchParams({ secret }).toString().slice('secret='.length)).slice(1, -1),
  'in base64': (secret) => Buffer.from(secret).toString('base64'),
  'in base64 without its end': (secret) =>
    Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  'in base64url': (secret) => Buffer.from(secret).toString('base64url'),
  'in the base64 of a user and a password': (secret) =>
    Buffer.from(`someone:${secret}`).toString('base64'),
  'in the base64 of JSON': (secret) =>
    Buffer.from(JSON.stringify({ token: secret })).toString('base64'),
  'in HTML': (secret) =>
    secret
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&#39;'),
  'in Markdown': (secret) => secret.replaceAll(/[\\`*_{}[\]()#+.!|<>~-]/g, '\\$&'),
  'with invisible characters in it': (secret) => [...secret].join('\u200b'),
  'with control characters in it': (secret) => [...secret].join('\u0000'),
  'over several lines': (secret) => [...secret].join('\n'),
};

/** Secrets that look different in most of the forms. */
export const SECRETS = [
  'hunter2-of-the-callbacks',
  'a/b+c=d?e&f%2g h',
  'se"cr\\et\'<&>',
  'größer als 12 ✅',
  'C:\\new\\table',
];

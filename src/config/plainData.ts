import { pathText, type Path } from './path.js';
import { atValue, type Breach, type Finding } from './findings.js';
import { reservedKeys } from './plan/reservedKeys.js';
import { MAX_DEPTH } from './source/depth.js';
import { MAX_FILE_BYTES } from './source/text.js';

/** What a parser gave, as plain data, or what keeps it from being that. */
export type PlainData = { data: unknown } | { findings: Finding[] };

/** A copy without what JSON does not have. It is held to the limits that files are held to. */
export function plainData(value: unknown): PlainData {
  const text = asJson(value);
  if (typeof text !== 'string') return { findings: [text] };
  const data: unknown = JSON.parse(text);
  const deep = tooDeep(data, []);
  const findings = deep === undefined ? reservedKeys(data) : [deep];
  return findings.length > 0 ? { findings } : { data };
}

function asJson(value: unknown): string | Finding {
  let text: string;
  try {
    text = JSON.stringify(value) ?? 'null';
  } catch (error) {
    // How much nesting the stack has room for differs between releases of Node.js; some need none.
    const deep = error instanceof RangeError ? tooDeep(value, []) : undefined;
    return (
      deep ?? fault('wrong-type', atValue([], NO_DATA, 'Give what a YAML or JSON parser answers.'))
    );
  }
  const bytes = Buffer.byteLength(text);
  if (bytes <= MAX_FILE_BYTES) return text;
  const message = `As JSON the deployment has ${bytes} bytes, and may have ${MAX_FILE_BYTES}.`;
  return fault('file-too-large', atValue([], message, 'Split it into several deployments.'));
}

const NO_DATA =
  'The deployment is not plain data: it contains itself, or something that JSON does not have.';

function tooDeep(value: unknown, path: Path): Finding | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (path.length === MAX_DEPTH) return nestedTooDeeply(path.slice(0, 3));
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  for (const [key, inner] of entries) {
    const found = tooDeep(inner, [...path, key]);
    if (found !== undefined) return found;
  }
  return undefined;
}

function nestedTooDeeply(path: Path): Finding {
  const message = `The deployment is nested more than ${MAX_DEPTH} levels deep in ${pathText(path)}.`;
  return fault('nested-too-deeply', atValue(path, message, 'Remove the nesting.'));
}

function fault(code: string, breach: Breach): Finding {
  return { code, severity: 'error', ...breach };
}

import { atValue, type Finding } from '../findings.js';
import { quoted } from '../quoted.js';
import { nearest } from '../shape/nearest.js';

const VERSION = 'v1';
const KIND = 'lambda';

/** What is said of a file that is written for another version or another kind of deployment. */
export interface Foreign {
  findings: Finding[];
  /** Whether the rest of the file has another language, so that nothing can be said of it. */
  entirely: boolean;
}

export function foreign(data: unknown): Foreign {
  const { version, kind } = (data ?? {}) as { version?: unknown; kind?: unknown };
  const otherVersion = isOther(version, VERSION) ? [unsupportedVersion(String(version))] : [];
  const otherKind = isOther(kind, KIND) ? [unsupportedKind(String(kind))] : [];
  return {
    findings: [...otherVersion, ...otherKind],
    entirely: otherKind.length > 0 && nearest(String(kind), [KIND]) === undefined,
  };
}

function isOther(value: unknown, supported: string): boolean {
  return (typeof value === 'string' || typeof value === 'number') && value !== supported;
}

function unsupportedVersion(version: string): Finding {
  const message = `The version ${quoted(version)} of the language is not supported: there is ${VERSION}.`;
  return error('unsupported-version', 'version', message, `Write version: ${VERSION}.`);
}

function unsupportedKind(kind: string): Finding {
  const message = `Deployments of kind ${quoted(kind)} are not supported: Sluice deploys kind ${KIND}.`;
  return error('unsupported-kind', 'kind', message, `Write kind: ${KIND}.`);
}

function error(code: string, key: string, message: string, remedy: string): Finding {
  return { code, severity: 'error', ...atValue([key], message, remedy) };
}

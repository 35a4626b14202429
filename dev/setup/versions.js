import { complaintAboutNode } from '../../bin/nodeVersion.js';
import { Problem } from './messages.js';

/** Refuses a Node.js that Sluice does not run on. */
export function checkNodeVersion() {
  const complaint = complaintAboutNode();
  if (complaint !== undefined) throw new Problem(complaint);
}

/**
 * @param {string} version such as `3.9.1`
 * @param {string} oldest such as `3.10`
 */
export function isOlder(version, oldest) {
  return version.localeCompare(oldest, 'en', { numeric: true }) < 0;
}

/**
 * @param {string} version such as `20.9.1`
 * @param {string} oldest such as `20.10`
 */
export function isOlder(version, oldest) {
  return version.localeCompare(oldest, 'en', { numeric: true }) < 0;
}

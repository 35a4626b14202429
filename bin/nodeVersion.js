import { readFileSync } from 'node:fs';

/**
 * Why Sluice does not run on this release of Node.js, and how to mend it. Which ones it runs on is
 * what package.json tells npm under `engines`, in ranges of the forms `^20.19.0` and `>=24.0.0`.
 *
 * @param {string} version such as `22.13.0`
 * @returns {string | undefined} nothing where it runs
 */
export function complaintAboutNode(version = process.versions.node) {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  /** @type {{ engines: { node: string } }} */
  const { engines } = JSON.parse(manifest);
  const lines = engines.node.split(' || ').map(lineOf);
  if (lines.some((line) => admits(line, version))) return undefined;
  const said = lines.map(({ major, minor, andLater }) =>
    andLater ? `${major} and later` : `${major} from ${major}.${minor} on`,
  );
  const newest = Math.max(...lines.map(({ major }) => major));
  return (
    `Sluice needs Node.js ${said.slice(0, -1).join(', ')} or ${said.slice(-1).join('')}, and this is ` +
    `${version}. Install ${newest} (with nvm: \`nvm install ${newest}\`), then run the command again.`
  );
}

/**
 * @typedef {object} Line
 * @property {number} major
 * @property {number} minor the oldest
 * @property {boolean} andLater whether the lines after it are meant, too
 */

/**
 * @param {string} range
 * @returns {Line}
 */
function lineOf(range) {
  const [, sign, major, minor] = /^(\^|>=)(\d+)\.(\d+)\.0$/.exec(range) || [];
  if (sign === undefined) throw new Error(`package.json has a range of another form: ${range}`);
  return { major: Number(major), minor: Number(minor), andLater: sign === '>=' };
}

/**
 * @param {Line} line
 * @param {string} version
 */
function admits(line, version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major === line.major) return minor >= line.minor;
  return line.andLater && major > line.major;
}

import { Problem } from '../setup/messages.js';

/**
 * What a release brings, from the changelog.
 *
 * @throws Problem unless the changelog has a section of the version, with the day of its release
 */
export function notesOf(changelog: string, version: string): string {
  const sections = changelog.split(/^## /m).slice(1);
  const [heading = '', ...lines] =
    sections.find((section) => section.startsWith(`${version} `))?.split('\n') ?? [];
  const [, day] = /^\S+ \((\d{4}-\d{2}-\d{2})\)$/.exec(heading) ?? [];
  if (day === undefined) {
    throw new Problem(
      `CHANGELOG.md has no heading \`## ${version} (YYYY-MM-DD)\`` +
        `${heading === '' ? '' : `, but \`## ${heading}\``}. ` +
        'Write the day of the release there, commit that, then run the command again.',
    );
  }
  return `# Sluice ${version}\n\n${day}\n\n${lines.join('\n').trim()}\n`;
}

import { Problem } from '../setup/messages.js';
import { run } from '../setup/run.js';

/**
 * The commit that a release is made from.
 *
 * @throws Problem where something is not committed, or the commit has not the tag of the version
 */
export async function commitOf(tag: string): Promise<string> {
  const changed = await run('git', ['status', '--porcelain']);
  if (changed !== '') {
    throw new Problem(
      `A release is made of what is committed, and this is not:\n${changed}` +
        'Commit it or take it away, then run the command again.',
    );
  }
  const tags = await run('git', ['tag', '--points-at', 'HEAD']);
  if (!tags.split('\n').includes(tag)) {
    throw new Problem(
      `A release is made of a commit with its tag, and this one has no ${tag}. ` +
        `Once everything has passed here: \`git tag --annotate ${tag}\`, then run the command again.`,
    );
  }
  return (await run('git', ['rev-parse', 'HEAD'])).trim();
}

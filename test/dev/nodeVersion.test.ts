import { describe, expect, it } from '@jest/globals';
import { checkNodeVersion, OLDEST_NODE } from '../../dev/setup/versions.js';

describe('the version of Node.js', () => {
  it.each(['20.12.0', '20.20.2', '22.12.0', '100.0.0'])('may be %s', (version) => {
    expect(() => checkNodeVersion(OLDEST_NODE, version)).not.toThrow();
  });

  it.each(['18.20.4', '20.9.0'])('may not be %s', (version) => {
    expect(() => checkNodeVersion(OLDEST_NODE, version)).toThrow(
      `This command needs Node.js 20.12 or later, and this is ${version}. Install a newer one`,
    );
  });
});

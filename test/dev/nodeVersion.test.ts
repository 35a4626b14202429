import { describe, expect, it } from 'vitest';
import { checkNodeVersion } from '../../dev/setup/nodeVersion.js';

describe('the version of Node.js', () => {
  it.each(['20.19.0', '20.20.2', '22.12.0', '100.0.0'])('may be %s', (version) => {
    expect(() => checkNodeVersion(version)).not.toThrow();
  });

  it.each(['18.20.4', '20.9.0'])('may not be %s', (version) => {
    expect(() => checkNodeVersion(version)).toThrow(
      `Working on Sluice needs Node.js 20.19 or later, and this is ${version}. Install a newer one`,
    );
  });
});

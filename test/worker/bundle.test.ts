import { describe, expect, it } from '@jest/globals';
import { findBundle } from '../../src/worker/bundle.js';

describe('the bundled workflows', () => {
  it('are made by the build; without it, that is said', async () => {
    const found = findBundle();
    await expect(found).rejects.toMatchObject({ code: 'notBuilt' });
    await expect(found).rejects.toThrow('Run `npm run build`');
  });
});

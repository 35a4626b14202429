import { describe, expect, it } from '@jest/globals';
import { differingBytes, type PackageAt } from '../../src/domain/sameBytes.js';

function at(target: string, uri: string): PackageAt {
  return { target, functionName: 'orders', uri, codeSha256: target };
}

function told(uri: (region: string) => string): string {
  const one = at('us', uri('us-east-1'));
  const found = differingBytes(one, [one, at('eu', uri('eu-west-1'))]);
  return `${found?.message} ${found?.remedy}`;
}

describe('what is said of targets that deploy one function from different packages', () => {
  it('is of repositories where they are images, and of buckets where they are zip files', () => {
    const image = told((region) => `111111111111.dkr.ecr.${region}.amazonaws.com/orders:1`);
    expect(image).toContain('Push the same image into the repository of every region');
    expect(image).not.toMatch(/bucket|bytes/);
    const zip = told((region) => `s3://packages-${region}/orders.zip`);
    expect(zip).toContain('Put the same package into every bucket');
  });
});

import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { callbackPath, GatewayInProcess } from '../gateway/gatewayInProcess.js';
import { blocksOf } from './support/blocks.js';

const hasCurl = spawnSync('curl', ['--version']).status === 0;

/** What the pages send to a gateway, each with the block below it. */
const examples = ['docs/gateway.md', 'docs/webhooks.md'].flatMap((page) =>
  blocksOf(page).flatMap(({ place, text }, index, all) =>
    text.startsWith('curl') ? [{ place, text, below: all[index + 1]?.text ?? '' }] : [],
  ),
);
const accepted = examples.filter(({ text }) => text.includes('"success": true'));
const refused = examples.filter((one) => !accepted.includes(one));

let gateway: GatewayInProcess;
beforeEach(async () => {
  gateway = await GatewayInProcess.start();
});
afterEach(() => gateway.stop());

/** What a command prints in a shell. */
async function printed(command: string): Promise<string> {
  const CALLBACK = gateway.url(await callbackPath());
  const env = { ...process.env, CALLBACK };
  return (await promisify(execFile)('sh', ['-c', command], { env })).stdout;
}

(hasCurl ? describe : describe.skip)(
  `what is sent to a gateway${hasCurl ? '' : ' (skipped: no curl)'}`,
  () => {
    it.each(accepted)('is delivered: $place', async ({ text }) => {
      expect(await printed(text)).toMatch(/{"status":"accepted"}$/);
      expect(gateway.delivered.map(({ message }) => message)).toMatchObject([
        { success: true, mdMessage: '**212** tests passed' },
      ]);
    });

    it('is answered with the headers that the page shows', async () => {
      const [example] = accepted.filter(({ text }) => text.includes('curl -i'));
      const answer = await printed(example?.text ?? '');
      const shown =
        example?.below
          .replace(/(?<=x-request-id: ).*/, '')
          .trimEnd()
          .split('\n') ?? [];
      expect(shown.length).toBeGreaterThan(4);
      for (const line of shown) expect(answer).toContain(line);
    });

    it.each(refused)('is refused with the reason that the page shows: $place', async (example) => {
      const { text, below } = example;
      expect(JSON.parse(await printed(text))).toEqual(JSON.parse(below));
      expect(gateway.delivered).toEqual([]);
    });
  },
);

import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import type { Scene } from './scene.js';

/** Time for a process that woke up to do what it should not: nothing tells that it will not. */
const AWAKE_MS = 4000;

export async function whileAwake(): Promise<void> {
  await sleep(AWAKE_MS);
}

/** It did reach the API, and was refused there, unless it publishes what has been published before. */
export async function expectLateRequestRefused(scene: Scene, activity: string): Promise<void> {
  if (activity === 'publishVersion') return;
  const requests = (await scene.place.requests()).filter(({ mutation }) => mutation);
  expect(requests.at(-1)?.error).toContain('PreconditionFailed');
}

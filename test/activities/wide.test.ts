import {
  GetFunctionCommand,
  PutFunctionConcurrencyCommand,
  TagResourceCommand,
} from '@aws-sdk/client-lambda';
import { describe, expect, it } from '@jest/globals';
import { activityBench } from '../support/activityBench.js';
import { ExistingFunction } from '../support/existingFunction.js';

const run = activityBench({ requestsPerSecond: 10 });

const reserve = { name: 'reservedConcurrency', before: 'none', wanted: 7 } as const;

async function requestsOf({ place }: ExistingFunction, ...operations: string[]): Promise<number> {
  return (await place.writes()).filter((one) => operations.includes(one)).length;
}

function byHand({ place, name }: ExistingFunction, reserved: number): Promise<unknown> {
  return place.clients.lambda.send(
    new PutFunctionConcurrencyCommand({
      FunctionName: name,
      ReservedConcurrentExecutions: reserved,
    }),
  );
}

function tag({ place, name }: ExistingFunction, Tags: Record<string, string>): Promise<unknown> {
  const Resource = `arn:aws:lambda:${place.region}:${place.account}:function:${name}`;
  return place.clients.lambda.send(new TagResourceCommand({ Resource, Tags }));
}

async function tagsOf({ place, name }: ExistingFunction): Promise<Record<string, string>> {
  const { Tags: tags = {} } = await place.clients.lambda.send(
    new GetFunctionCommand({ FunctionName: name }),
  );
  const { 'sluice:deployment': _mark, ...others } = tags;
  return others;
}

describe('a change of a whole function', () => {
  it('is made once, and adopted by the attempt after a lost answer', async () => {
    const existing = await ExistingFunction.make();
    const input = { ...existing.access, ...reserve };
    const done = { found: 7, isDone: true };
    expect(await run('updateWide', input)).toMatchObject({ state: done, afterOthers: false });
    expect(await run('updateWide', input, 2)).toMatchObject({ state: done, afterOthers: true });
    expect(await requestsOf(existing, 'PutFunctionConcurrency')).toBe(1);
  });

  it('is not made over what somebody else has written', async () => {
    const existing = await ExistingFunction.make();
    await byHand(existing, 3);
    const { state } = await run('updateWide', { ...existing.access, ...reserve });
    expect(state).toEqual({ found: 3, isDone: true });
    expect(await requestsOf(existing, 'PutFunctionConcurrency')).toBe(1);
  });

  it('is adopted where an earlier attempt’s request arrives right before its own', async () => {
    const existing = await ExistingFunction.make();
    const late = activityBench({
      confirmCurrent: async () => {
        await byHand(existing, 7);
      },
    });
    const { state } = await late('updateWide', { ...existing.access, ...reserve }, 2);
    expect(state).toEqual({ found: 7, isDone: true });
  });

  it('leaves tags alone that the plan does not name', async () => {
    const existing = await ExistingFunction.make();
    await tag(existing, { 'cost-center': '42' });
    const before = { team: null, stage: null };
    const wanted = { team: 'shop', stage: '' };
    await run('updateWide', { ...existing.access, name: 'tags', before, wanted });
    expect(await tagsOf(existing)).toEqual({ 'cost-center': '42', team: 'shop', stage: '' });
  });

  it('takes tags back with one request at a time, but for those of somebody else', async () => {
    const existing = await ExistingFunction.make();
    await tag(existing, { team: 'shop', stage: 'prod', owner: 'somebody else' });
    const back = {
      ...existing.access,
      rollback: true,
      name: 'tags',
      before: { team: 'shop', stage: 'prod', owner: 'shop' },
      wanted: { team: 'before', stage: null, owner: null },
    } as const;
    const first = await run('updateWide', back);
    expect(first.state.isDone).toBe(false);
    const second = await run('updateWide', back);
    expect(second.state).toEqual({
      found: { team: 'before', stage: null, owner: 'somebody else' },
      isDone: true,
    });
    expect(await tagsOf(existing)).toEqual({ team: 'before', owner: 'somebody else' });
  });
});

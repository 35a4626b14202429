import { describe, expect, it } from '@jest/globals';
import { completed, requestOf, settingsOf } from '../../src/activities/lambdaSettings.js';

/** What is read of a function of which AWS tells this of its image configuration. */
function imageConfigOf(ImageConfig?: object): unknown {
  const Configuration = {
    FunctionName: 'orders',
    ...(ImageConfig && { ImageConfigResponse: { ImageConfig } }),
  };
  return settingsOf({ Configuration }).imageConfig;
}

describe('the settings of a container image', () => {
  it('are read as plans write them, without parts that say nothing', () => {
    expect(imageConfigOf()).toEqual({});
    expect(imageConfigOf({})).toEqual({});
    expect(imageConfigOf({ Command: [], EntryPoint: [], WorkingDirectory: '' })).toEqual({});
    expect(imageConfigOf({ Command: ['a', 'b'], WorkingDirectory: '' })).toEqual({
      command: ['a', 'b'],
    });
    expect(imageConfigOf({ EntryPoint: ['/run'], WorkingDirectory: '/srv' })).toEqual({
      entryPoint: ['/run'],
      workingDirectory: '/srv',
    });
  });

  it('are compared without parts that say nothing', () => {
    const imageConfig = { command: ['a'], entryPoint: [], workingDirectory: '' };
    expect(completed({ imageConfig }, 'orders')).toEqual({ imageConfig: { command: ['a'] } });
  });

  it('are written as a whole, and taken away by none', () => {
    const imageConfig = { command: ['a'], workingDirectory: '/srv' };
    expect(requestOf({ imageConfig }, 'orders')).toEqual({
      ImageConfig: { Command: ['a'], WorkingDirectory: '/srv' },
    });
    expect(requestOf({ imageConfig: {} }, 'orders')).toEqual({ ImageConfig: {} });
  });

  it('have neither handler nor runtime, which AWS refuses even where they are empty', () => {
    const { handler, runtime } = settingsOf({ Configuration: { FunctionName: 'orders' } });
    expect(requestOf({ handler, runtime }, 'orders')).toEqual({});
  });
});

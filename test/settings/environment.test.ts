import { describe, expect, it } from '@jest/globals';
import { addressText, readAddress, readIpAddress } from '../../src/settings/address.js';
import { environmentHelp } from '../../src/settings/environment.js';
import { readUiUrl } from '../../src/settings/uiUrl.js';
import { readTemporalSettings, unreachable } from '../../src/settings/temporal.js';
import { NO_TEMPORAL_CONFIG } from '../support/temporalConfig.js';

describe('an address', () => {
  it.each([
    ['127.0.0.1:8080', { host: '127.0.0.1', port: 8080 }],
    ['localhost:0', { host: 'localhost', port: 0 }],
    ['[::1]:8080', { host: '::1', port: 8080 }],
  ])('%s', (text, expected) => {
    expect(readAddress({ HERE: text }, 'HERE')).toEqual(expected);
    expect(addressText(expected)).toBe(text);
  });

  it.each(['8080', 'host', 'host:', ':80', '::1:80', 'host:65536', 'http://host:80', 'a b:80'])(
    'is not %s',
    (text) => {
      expect(() => readAddress({ HERE: text }, 'HERE')).toThrow(`HERE is "${text}"`);
    },
  );

  it('is absent when the variable is not set or empty', () => {
    expect(readAddress({}, 'HERE')).toBeUndefined();
    expect(readAddress({ HERE: ' ' }, 'HERE')).toBeUndefined();
  });

  it('of metrics is an IP address', () => {
    expect(readIpAddress({ HERE: 'localhost:9464' }, 'HERE')?.host).toBe('127.0.0.1');
    expect(() => readIpAddress({ HERE: 'example.com:9464' }, 'HERE')).toThrow('IP address');
  });
});

describe('the connection to Temporal', () => {
  it('has defaults', () => {
    expect(readTemporalSettings(NO_TEMPORAL_CONFIG)).toMatchObject({
      address: 'localhost:7233',
      namespace: 'default',
    });
  });

  it('comes from the environment, and what a caller says beats it', () => {
    const environment = { ...NO_TEMPORAL_CONFIG, TEMPORAL_ADDRESS: 'a:1', TEMPORAL_NAMESPACE: 'n' };
    expect(readTemporalSettings(environment)).toMatchObject({ address: 'a:1', namespace: 'n' });
    const settings = readTemporalSettings(environment, { address: 'b:2' });
    expect(settings).toMatchObject({
      address: 'b:2',
      namespace: 'n',
      connection: { address: 'b:2' },
    });
  });

  it.each(['http://127.0.0.1:7233', 'dns:///host:7233', 'host:7233/path', 'host:', 'a b:7233'])(
    'is refused when its address is %s',
    (address) => {
      const environment = { ...NO_TEMPORAL_CONFIG, TEMPORAL_ADDRESS: address };
      expect(() => readTemporalSettings(environment)).toThrow(
        `Temporal's address is "${address}", which is not host:port. Write host:port, without http://`,
      );
    },
  );

  it.each(['host', 'host:7233', '[::1]:7233', '10.0.0.1:7233'])('may be to %s', (address) => {
    expect(readTemporalSettings(NO_TEMPORAL_CONFIG, { address }).address).toBe(address);
  });

  it('names a configuration file that does not exist', () => {
    expect(() => readTemporalSettings({ TEMPORAL_CONFIG_FILE: '/nowhere/x.toml' })).toThrow(
      'The file /nowhere/x.toml, which TEMPORAL_CONFIG_FILE names, does not exist. Name a file',
    );
  });

  it('names a profile that does not exist', () => {
    expect(() => readTemporalSettings({ ...NO_TEMPORAL_CONFIG, TEMPORAL_PROFILE: 'nope' })).toThrow(
      /settings cannot be read: Profile 'nope' not found/,
    );
  });

  it('says where nothing answers and how to start something there, and no secret', () => {
    const settings = readTemporalSettings({ ...NO_TEMPORAL_CONFIG, TEMPORAL_API_KEY: 'hush' });
    const { message } = unreachable(settings, 'connection refused');
    expect(message).toContain('localhost:7233: connection refused');
    expect(message).toContain('temporal server start-dev');
    expect(message).not.toContain('hush');
  });
});

describe('the address of the Temporal UI', () => {
  it.each([
    [undefined, undefined],
    ['https://temporal.example.com//', 'https://temporal.example.com'],
    ['http://127.0.0.1:8233/ui', 'http://127.0.0.1:8233/ui'],
  ])('is an address: %s', (SLUICE_UI_URL, address) => {
    expect(readUiUrl({ SLUICE_UI_URL })).toBe(address);
  });

  it.each(['temporal.example.com', 'javascript:alert(1)', 'https://me:hush@temporal.example.com'])(
    'is refused when it is none, and not repeated: %s',
    (SLUICE_UI_URL) => {
      expect(() => readUiUrl({ SLUICE_UI_URL })).toThrow(
        expect.objectContaining({
          code: 'invalidSettings',
          message:
            'SLUICE_UI_URL must be an http:// or https:// address without user, query and fragment.',
        }),
      );
    },
  );
});

describe('the help on the environment', () => {
  it('lists what each reader knows', () => {
    expect(environmentHelp('worker')).toContain('SLUICE_SETTINGS');
    expect(environmentHelp('worker')).toContain('TEMPORAL_ADDRESS');
    expect(environmentHelp('command')).not.toContain('SLUICE_SETTINGS');
    expect(environmentHelp('command')).toContain('SLUICE_UI_URL');
  });
});

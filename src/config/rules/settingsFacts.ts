import type { FunctionSettings } from '../../domain/plan.js';
import type { Path } from '../path.js';
import type { Draft } from '../written/draft.js';
import { said, saidByKey, saidItems, type SettingsFact } from './facts.js';

/** A file and a plan write these settings in the same way. */
export function settingsFacts(settings: Draft<FunctionSettings>, path: Path): SettingsFact {
  const { handler, runtime, memorySize, timeout, environment, layers, architectures } = settings;
  return {
    handler: said(handler, [...path, 'handler']),
    runtime: said(runtime, [...path, 'runtime']),
    memorySize: said(memorySize, [...path, 'memorySize']),
    timeout: said(timeout, [...path, 'timeout']),
    variables: variableFacts(environment, [...path, 'environment']),
    layers: saidItems(layers, [...path, 'layers']),
    architectures: said(
      architectures?.filter((name) => name !== undefined),
      [...path, 'architectures'],
    ),
  };
}

function variableFacts(
  environment: Draft<FunctionSettings>['environment'],
  path: Path,
): SettingsFact['variables'] {
  return Object.entries(environment ?? {}).map(([name, value]) => ({
    name: saidByKey(name, [...path, name]),
    value: said(value, [...path, name]),
  }));
}

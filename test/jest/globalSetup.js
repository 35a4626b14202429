import { tsImport } from 'tsx/esm/api';

/** @type {() => Promise<void>} */
export let stopServers;

/** Before any test runs, in the process of the runner, which reads no TypeScript by itself. */
export default async function setUp() {
  /** @type {typeof import('../support/servers.js')} */
  const { startServers } = await tsImport('../support/servers.ts', import.meta.url);
  stopServers = await startServers();
}

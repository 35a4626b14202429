/** Starts a program that never ends, and tells its process id. */
import { startProgram } from '../../src/local/processes.js';

const { pid } = await startProgram({
  name: 'The program',
  command: 'sleep',
  args: ['60'],
  isReady: () => Promise.resolve(true),
});
console.log(pid);

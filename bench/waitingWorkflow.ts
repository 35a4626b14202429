import { condition, defineSignal, setHandler } from '@temporalio/workflow';

/** Ends when it is signalled as a callback signals a target. */
export async function waits(): Promise<void> {
  let signalled = false;
  setHandler(defineSignal('webhookCallback'), () => {
    signalled = true;
  });
  await condition(() => signalled);
}

import { connect, type Sluice } from '../../client.js';
import type { Console } from '../console.js';
import type { ExitReason } from '../exitCodes.js';
import type { OutputFormat } from '../outputFormat.js';
import { createPresenter } from '../presenter/createPresenter.js';
import type { Presenter } from '../presenter/presenter.js';

/** What a command has that talks to Temporal. */
export interface Connected {
  sluice: Sluice;
  presenter: Presenter;
}

/** Connects, and lets go of the connection and the terminal at the end. */
export async function connected(
  output: OutputFormat,
  console: Console,
  body: (connected: Connected) => Promise<ExitReason>,
): Promise<ExitReason> {
  const sluice = await connect({ environment: console.environment });
  const presenter = await createPresenter(output, console, sluice);
  try {
    return await body({ sluice, presenter });
  } finally {
    presenter.close();
    await sluice.close();
  }
}

import type { Sluice } from '../../client.js';
import type { Console } from '../console.js';
import type { OutputFormat } from '../outputFormat.js';
import { missingWorker } from '../view/missingWorker.js';
import { encodingOf } from './encoding.js';
import { LineLog } from './lineLog.js';
import { LiveTree } from './liveTree.js';
import type { Presenter } from './presenter.js';
import { StreamPresenter } from './streamPresenter.js';
import { TextPresenter } from './textPresenter.js';

export async function createPresenter(
  format: OutputFormat,
  console: Console,
  sluice: Sluice,
): Promise<Presenter> {
  if (format !== 'text') return new StreamPresenter(console, await encodingOf(format));
  const screen = console.drawable ? new LiveTree(console) : new LineLog(console);
  return new TextPresenter(console, screen, missingWorker(sluice));
}

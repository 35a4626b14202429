import type { Sluice } from '../../client.js';
import type { Console } from '../console.js';
import type { OutputFormat } from '../failure.js';
import { missingWorker } from '../view/missingWorker.js';
import { JsonPresenter } from './jsonPresenter.js';
import { LineLog } from './lineLog.js';
import { LiveTree } from './liveTree.js';
import type { Presenter } from './presenter.js';
import { TextPresenter } from './textPresenter.js';

export function createPresenter(format: OutputFormat, console: Console, sluice: Sluice): Presenter {
  if (format === 'json') return new JsonPresenter(console);
  const screen = console.drawable ? new LiveTree(console) : new LineLog(console);
  return new TextPresenter(console, screen, missingWorker(sluice));
}

import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import { sayFailure } from '../../src/cli/failure.js';
import { encodingOf } from '../../src/cli/presenter/encoding.js';
import { LineLog } from '../../src/cli/presenter/lineLog.js';
import { LiveTree } from '../../src/cli/presenter/liveTree.js';
import { StreamPresenter } from '../../src/cli/presenter/streamPresenter.js';
import { TextPresenter } from '../../src/cli/presenter/textPresenter.js';
import { ScreenReader } from '../support/terminal/screen.js';
import { KeptConsole } from './keptConsole.js';
import { schemaProblems, typesOf } from './outputSchema.js';
import { missing } from './renderedTree.js';
import { ERRORS, VIEWS } from './views.js';

const WIDTHS = [60, 80, 160];

let kept: KeptConsole;
beforeEach(() => {
  kept = new KeptConsole();
  jest.useFakeTimers({ now: Date.parse('2026-05-04T10:01:05.000Z') });
});
afterEach(() => {
  jest.useRealTimers();
});

/** What comes out of both of a console's ends. */
function output({ written, errors }: KeptConsole): string {
  return `${written}${errors === '' ? '' : `--- on the error output\n${errors}`}`;
}

const views = Object.entries(VIEWS);

describe.each(views)('the view %s', (name, show) => {
  it('without a terminal', () => {
    kept.drawable = false;
    const presenter = new TextPresenter(kept, new LineLog(kept), missing);
    show(presenter);
    presenter.close();
    expect(output(kept)).toMatchFileSnapshot(`golden/${name}.txt`);
  });

  it.each(WIDTHS)('at a terminal of %d columns', (columns) => {
    kept.columns = columns;
    const presenter = new TextPresenter(kept, new LiveTree(kept), missing);
    show(presenter);
    presenter.close();
    const screen = new ScreenReader(columns);
    screen.write(kept.written.replaceAll('\n', '\r\n')); // As a terminal does.
    expect(`${screen.lines.join('\n')}\n`).toMatchFileSnapshot(`golden/${name}-${columns}.txt`);
  });

  it('as JSON, by its schema', async () => {
    show(new StreamPresenter(kept, await encodingOf('json')));
    const lines = kept.written.trimEnd().split('\n');
    for (const line of lines) expect(schemaProblems(JSON.parse(line))).toEqual([]);
    expect(kept.written).toMatchFileSnapshot(`golden/${name}.jsonl`);
  });

  it('as YAML, with the same objects', async () => {
    show(new StreamPresenter(kept, await encodingOf('json')));
    const objects = kept.written
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    kept.written = '';
    show(new StreamPresenter(kept, await encodingOf('yaml')));
    const documents = parseAllDocuments(kept.written);
    expect('empty' in documents ? [] : documents.map((one) => one.toJS() as unknown)).toEqual(
      objects,
    );
    expect(kept.written.startsWith('---\n')).toBe(true);
  });
});

describe.each(Object.entries(ERRORS))('the error %s', (name, error) => {
  it.each(['text', 'json', 'yaml'] as const)('as %s', async (format) => {
    await sayFailure(error, kept, format);
    if (format === 'json') expect(schemaProblems(JSON.parse(kept.written))).toEqual([]);
    expect(output(kept)).toMatchFileSnapshot(`golden/error-${name}.${format}.txt`);
  });
});

describe('the schema of the stream', () => {
  it('knows every type that is written, and no other', async () => {
    const presenter = new StreamPresenter(kept, await encodingOf('json'));
    for (const [, show] of views) show(presenter);
    await sayFailure(ERRORS['unexpected'], kept, 'json');
    const lines = kept.written.trimEnd().split('\n');
    const types = new Set(lines.map((line) => (JSON.parse(line) as { type: string }).type));
    expect([...types].sort()).toEqual(typesOf().sort());
  });

  it('finds a field that it does not name, and one that is missing', () => {
    const line = { schemaVersion: 1, type: 'detached', at: '2026-05-04T10:01:05.000Z' };
    expect(schemaProblems({ ...line, application: 'shop', more: 1 })).toHaveLength(1);
    expect(schemaProblems(line)).toHaveLength(1);
  });
});

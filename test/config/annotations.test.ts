import { describe, expect, it } from '@jest/globals';
import { renderAnnotations, type Diagnostic } from '../../src/config/index.js';

const position = { line: 3, column: 7, endLine: 3, endColumn: 12 };
const wrong: Diagnostic = {
  code: 'a-code',
  severity: 'error',
  message: 'Wrong.',
  remedy: 'Mend it.',
  ...position,
};

describe('the annotations for GitHub', () => {
  it('name the file, the place and the code, and say what is wrong and how to mend it', () => {
    expect(renderAnnotations([wrong], 'deploy/shop.yaml')).toBe(
      '::error file=deploy/shop.yaml,line=3,col=7,endColumn=11,title=a-code::Wrong.%0AMend it.\n',
    );
  });

  it('of warnings are warnings', () => {
    const warning: Diagnostic = { ...wrong, severity: 'warning' };
    expect(renderAnnotations([warning], 'f')).toMatch(/^::warning file=f,/);
  });

  it('over several lines name the lines alone, as GitHub takes them', () => {
    expect(renderAnnotations([{ ...wrong, endLine: 5 }], 'f')).toContain(
      '::error file=f,line=3,endLine=5,title=a-code::',
    );
  });

  it('cannot be made to say more than one command', () => {
    const hostile = { ...wrong, message: '100 %\r\n::set-output name=a::b' };
    expect(renderAnnotations([hostile], 'a:b,c%\n::error::.yaml')).toBe(
      '::error file=a%3Ab%2Cc%25␊%3A%3Aerror%3A%3A.yaml,line=3,col=7,endColumn=11,title=a-code' +
        '::100 %25␍␊::set-output name=a::b%0AMend it.\n',
    );
  });

  it('are empty where nothing is wrong', () => {
    expect(renderAnnotations([], 'f')).toBe('');
  });
});

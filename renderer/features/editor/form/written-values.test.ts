import { describe, expect, it } from 'vitest';
import { pipelinesText, readWritten, settingsText } from './written-values.ts';

describe('readWritten', () => {
  const written = readWritten(
    [
      'unit:',
      '    env:',
      '      V: 1.10',
      "      W: '1.10'",
      '    cache: *npm',
      '    with: { <<: *base, a: 1 }',
    ].join('\n'),
  );

  it('knows a number in its own words', () => {
    expect(written.literal(['unit', 'env', 'V'])).toBe('1.10');
    expect(written.literal(['unit', 'env', 'W'])).toBeNull();
    expect(written.literal(['unit', 'nothing'])).toBeNull();
  });

  it('tells aliases and merges from what is written in place', () => {
    expect(written.isForeign(['unit', 'cache'])).toBe(true);
    expect(written.isForeign(['unit', 'with'])).toBe(true);
    expect(written.isForeign(['unit', 'env'])).toBe(false);
    expect(written.textAt(['unit', 'cache'])).toBe('*npm');
  });

  it('knows nothing of what is no YAML', () => {
    expect(readWritten('a: [').literal(['b'])).toBeNull();
  });
});

describe('settingsText', () => {
  it('leaves out what holds stages', () => {
    const file = ['name: a', '# why', 'stages:', '  b:', '    run: c', '', 'env:', '  D: 1', ''].join('\n');
    expect(settingsText(file)).toBe(['name: a', '# why', 'env:', '  D: 1', ''].join('\n'));
  });
});

describe('pipelinesText', () => {
  it('keeps the pipelines alone', () => {
    const file = ['name: a', 'pipelines:', '  b:', '    env: { C: 1.10 }', '', 'stages:', '  d: {}', ''].join(
      '\n',
    );
    expect(pipelinesText(file)).toBe(['pipelines:', '  b:', '    env: { C: 1.10 }', '', ''].join('\n'));
    expect(readWritten(pipelinesText(file)).literal(['pipelines', 'b', 'env', 'C'])).toBe('1.10');
  });
});

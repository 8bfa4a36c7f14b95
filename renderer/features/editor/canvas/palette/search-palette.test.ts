import { describe, expect, it } from 'vitest';
import { paletteItems } from './palette-item.ts';
import { groupPalette, withRecent } from './search-palette.ts';

const kind = {
  id: 'deploy.canary',
  family: 'deploy',
  title: 'Canary',
  summary: 'Sends a share of the traffic to the new version',
  help: 'Shifts load step by step.',
  tools: ['haproxy'],
  settings: {
    type: 'object',
    required: ['target', 'steps'],
    properties: { target: { type: 'string' }, steps: { type: 'array', default: [10, 100] } },
  },
  outputs: [],
  example: { target: 'web' },
};
const items = paletteItems([kind], []);
const ids = (query: string, recent: readonly string[] = []): readonly string[] =>
  groupPalette(items, recent, query).flatMap((group) => group.items.map(({ id }) => id));

describe('paletteItems', () => {
  it('gives a new stage what it cannot do without and has no default for', () => {
    expect(items.find(({ id }) => id === 'deploy.canary')?.value).toEqual({
      uses: 'deploy.canary',
      with: { target: 'web' },
    });
  });

  it('offers the pipelines of the file, and else another file', () => {
    expect(paletteItems([], ['ship']).map(({ id }) => id)).toContain('pipeline:ship');
    expect(paletteItems([], []).map(({ id }) => id)).toContain('pipeline');
  });
});

describe('groupPalette', () => {
  it('finds every word in title, id or summary, titles first', () => {
    expect(ids('scr')).toEqual(['run', 'steps']);
    expect(ids('new traffic')).toEqual(['deploy.canary']);
    expect(ids('haproxy load')).toEqual(['deploy.canary']);
    expect(ids('canary script')).toEqual([]);
  });

  it('has what was used last above all families while nothing is searched for', () => {
    const [first] = groupPalette(items, ['deploy.canary', 'gone'], '');
    expect(first).toMatchObject({ family: 'recent', items: [{ id: 'deploy.canary' }] });
    expect(ids('', ['run']).filter((id) => id === 'run')).toHaveLength(2);
    expect(ids('script', ['steps'])[0]).toBe('run');
  });
});

describe('withRecent', () => {
  it('has the newest first, each once, and no more than four', () => {
    expect(withRecent(['a', 'b', 'c', 'd'], 'c')).toEqual(['c', 'a', 'b', 'd']);
    expect(withRecent(['a', 'b', 'c', 'd'], 'e')).toEqual(['e', 'a', 'b', 'c']);
  });
});

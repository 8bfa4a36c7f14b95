import { describe, expect, it } from 'vitest';
import { jsonTree } from './json-tree.ts';

describe('jsonTree', () => {
  it('shows objects and lists as branches with their sizes', () => {
    const [name, tags] = jsonTree({ name: 'parcel', tags: ['a', null] });
    expect(name).toEqual({ id: '$/name', label: 'name: "parcel"' });
    expect(tags).toMatchObject({ label: 'tags', trailing: '[2]' });
    expect(tags?.children?.map(({ label }) => label)).toEqual(['0: "a"', '1: null']);
  });

  it('shows a bare value', () => {
    expect(jsonTree(42)).toEqual([{ id: '$', label: '42' }]);
  });

  it('sums up what is too long', () => {
    const nodes = jsonTree(Array.from({ length: 2_500 }, (_, index) => index));
    expect(nodes).toHaveLength(2_001);
    expect(nodes.at(-1)?.label).toBe('… 500 more');
  });
});

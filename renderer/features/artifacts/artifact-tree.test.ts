import { describe, expect, it } from 'vitest';
import type { TreeNode } from '#renderer/ui/tree-model.ts';
import type { Artifact } from '#shared/api/schemas.ts';
import { artifactTree, entryId } from './artifact-tree.ts';

const artifact = (name: string, ...paths: string[]): Artifact => ({
  name,
  stage: 'build',
  sizeBytes: paths.length,
  sha256: 'a'.repeat(64),
  files: paths.map((path) => ({ path, sizeBytes: 1, sha256: 'b'.repeat(64) })),
  expiresAt: null,
  expired: false,
});

const outline = (nodes: readonly TreeNode[]): unknown =>
  nodes.map(({ label, children }) => (children === undefined ? label : { [label]: outline(children) }));

describe('artifactTree', () => {
  it('puts folders before files, each by name, numbers by their value', () => {
    const { nodes } = artifactTree([artifact('site', 'b.txt', 'part10.js', 'part9.js', 'img/a.png')]);
    expect(outline(nodes)).toEqual([{ site: [{ img: ['a.png'] }, 'b.txt', 'part9.js', 'part10.js'] }]);
  });

  it('shows a folder that holds nothing but a folder in one line with it', () => {
    const { nodes } = artifactTree([artifact('site', 'dist/site/index.html', 'dist/site/js/app.js')]);
    expect(outline(nodes)).toEqual([{ site: [{ 'dist/site': [{ js: ['app.js'] }, 'index.html'] }] }]);
  });

  it('shows an expired artifact as one, without files', () => {
    const { nodes, entries } = artifactTree([{ ...artifact('site'), expired: true }]);
    expect(nodes).toEqual([{ id: entryId('site', null), label: 'site', trailing: 'expired' }]);
    expect(entries.get(entryId('site', null))?.file).toBeNull();
  });

  it('knows the artifact and the file behind each node, also when two artifacts hold the same path', () => {
    const { entries } = artifactTree([artifact('one', 'a.txt'), artifact('two', 'a.txt')]);
    expect(entries.get(entryId('two', 'a.txt'))).toMatchObject({
      artifact: { name: 'two' },
      file: { path: 'a.txt' },
    });
    expect(entries.get(entryId('one', null))?.file).toBeNull();
  });
});

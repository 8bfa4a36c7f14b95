import { describe, expect, it } from 'vitest';
import { findRef, parseRemoteRefs } from './remote-refs.ts';

const [A, B, C] = ['a'.repeat(40), 'b'.repeat(40), 'c'.repeat(40)] as const;
const refs = parseRemoteRefs(
  `ref: refs/heads/main\tHEAD\n${A}\tHEAD\n${A}\trefs/heads/main\n${B}\trefs/heads/v1\n${C}\trefs/tags/v1\n${A}\trefs/tags/v1^{}\n`,
);

describe('the refs of a server', () => {
  it('name the commit of an annotated tag, not the tag', () => {
    expect(refs.refs).toContainEqual({ name: 'refs/tags/v1', commit: A });
  });

  it('take a branch before a tag of the same name, and a whole name at its word', () => {
    expect(findRef(refs, 'v1')).toEqual({ type: 'branch', ref: 'refs/heads/v1', commit: B });
    expect(findRef(refs, 'refs/tags/v1')).toEqual({ type: 'tag', ref: 'refs/tags/v1', commit: A });
  });

  it('mean the branch of HEAD where none is named', () => {
    expect(findRef(refs, '')).toEqual({ type: 'branch', ref: 'refs/heads/main', commit: A });
    expect(() => findRef({ head: null, refs: [] }, '')).toThrow('has no commits yet');
  });

  it('may be the id of a commit, whole or begun', () => {
    expect(findRef(refs, 'D'.repeat(40))).toEqual({ type: 'commit', commit: 'd'.repeat(40), isFull: true });
    expect(findRef(refs, 'abcdef1')).toMatchObject({ type: 'commit', isFull: false });
  });

  it('do not have what they do not have', () => {
    expect(() => findRef(refs, 'nope')).toThrow('The repository has no branch, tag or commit "nope".');
    expect(() => findRef(refs, 'refs/heads/nope')).toThrow('no branch, tag or commit');
  });
});

import { describe, expect, it } from 'vitest';
import { formatIssue } from '../lib/issue.ts';
import { resolveIncluded } from './include-files.ts';
import { parsePipeline } from './parse.ts';

function parse(files: Readonly<Record<string, string>>, main = 'ci/main.yml') {
  const asked: string[] = [];
  const readInclude = (path: string) => {
    asked.push(path);
    return files[path] ?? null;
  };
  const { pipeline, issues } = parsePipeline(files[main]!, main, { kinds: [], readInclude });
  return { pipeline, issues: issues.map(formatIssue), asked };
}

describe('include', () => {
  it('brings parts of other files, and theirs, whose own files win', () => {
    const { pipeline, issues, asked } = parse({
      'ci/main.yml': `
include: [shared/base.yml, ../extra.yml]
env: { A: own }
stages:
  build: { extends: node, needs: first }`,
      'ci/shared/base.yml': `
name: Base
include: more.yml
env: { A: base, B: base }
templates: { node: { run: npm test, timeout: 5m } }`,
      'ci/shared/more.yml': 'env: { C: 1.10 }\ntemplates: { node: { run: never } }',
      'extra.yml': 'inputs: { x: { default: y } }\nstages: { first: { run: echo } }',
    });
    expect(issues).toEqual([]);
    expect(asked).toEqual(['ci/shared/base.yml', 'ci/shared/more.yml', 'extra.yml']);
    expect(pipeline).toMatchObject({
      env: { A: 'own', B: 'base', C: '1.10' },
      inputs: [{ id: 'x', default: 'y' }],
      stages: [
        { id: 'first', line: 2 },
        { id: 'build', line: 5, body: { script: 'npm test' }, timeoutMs: 300_000 },
      ],
    });
  });

  it('reports what is wrong in the file that it is wrong in', () => {
    const { issues } = parse({
      'ci/main.yml': 'include: [a.yml, b.yml]\nstages: { s: { extends: t } }',
      'ci/a.yml': 'templates:\n  t: { run: "${{ inputs.who }}", tiemout: 5 }\n',
      'ci/b.yml': 'on: push\nenvv: { A: b }\nstages: { s2: { run: x, needs: t } }',
    });
    expect(issues).toEqual([
      'ci/a.yml:2:18 error unknown-input There is no input `who` (declare it under `inputs`)',
      'ci/a.yml:2:34 error unknown-key Unknown key `tiemout` in `templates.t` (did you mean `timeout`?)',
      'ci/b.yml:1:1 error not-included `on` has no effect in an included file (an included file brings templates, pipelines, inputs, env, vars, state, stages)',
      'ci/b.yml:2:1 error not-included `envv` has no effect in an included file (did you mean `env`?)',
      'ci/b.yml:3:32 error missing-need Stage `s2` needs `t`, which does not exist (did you mean `s`?)',
    ]);
  });

  it.each([
    [
      'a file that is not there',
      { 'ci/main.yml': 'include: x.yml\nstages: { a: { run: x } }' },
      [
        'ci/main.yml:1:10 error include-not-found The file `x.yml` cannot be included: there is no file `ci/x.yml` in the project (paths are relative to the file that includes)',
      ],
    ],
    [
      'an absolute path',
      { 'ci/main.yml': 'include: /etc/passwd\nstages: { a: { run: x } }' },
      [
        'ci/main.yml:1:10 error invalid-value `include` must be a path relative to this file, but is the text `/etc/passwd`',
      ],
    ],
    [
      'a circle',
      {
        'ci/main.yml': 'include: a.yml\nstages: { a: { run: x } }',
        'ci/a.yml': 'include: ../b.yml',
        'b.yml': 'include: [ci/a.yml]',
      },
      ['b.yml:1:11 error include-cycle Files include each other in a circle: ci/a.yml -> b.yml -> ci/a.yml'],
    ],
    [
      'itself',
      { 'ci/main.yml': 'include: main.yml\nstages: { a: { run: x } }' },
      [
        'ci/main.yml:1:10 error include-cycle Files include each other in a circle: ci/main.yml -> ci/main.yml',
      ],
    ],
    [
      'a file that is no YAML',
      { 'ci/main.yml': 'include: a.yml\nstages: { a: { run: x } }', 'ci/a.yml': 'env: {' },
      [expect.stringMatching(/^ci\/a\.yml:\d+:\d+ error /)],
    ],
    [
      'an empty file',
      { 'ci/main.yml': 'include: a.yml\nstages: { a: { run: x } }', 'ci/a.yml': '' },
      ['ci/a.yml:1:1 error empty-file The file is empty (a pipeline starts with `stages:`)'],
    ],
  ])('reports %s', (_, files, expected) => {
    expect(parse(files as Record<string, string>).issues).toEqual(expected);
  });

  it('reads no more than a hundred files', () => {
    const many = Array.from({ length: 101 }, (_, index) => `f${index}.yml`);
    const files = Object.fromEntries(many.map((file) => [`ci/${file}`, 'env: {}']));
    const { issues, asked } = parse({
      ...files,
      'ci/main.yml': `include: [${many.join()}]\nstages: { a: { run: x } }`,
    });
    expect(issues).toEqual([
      expect.stringContaining('error too-many-files More than 100 files are included'),
    ]);
    expect(asked).toHaveLength(100);
  });

  it.each([
    ['pipewright.yml', 'a.yml', 'a.yml'],
    ['.pipewright/a.yml', '../ci/./x.yml', 'ci/x.yml'],
    ['.pipewright\\a.yml', 'sub\\x.yml', '.pipewright/sub/x.yml'],
    ['a.yml', '../../x.yml', '../../x.yml'],
    ['/tmp/p/a.yml', '../x.yml', '/tmp/x.yml'],
  ])('seen from %s, finds %s as %s', (from, path, expected) => {
    expect(resolveIncluded(from, path)).toBe(expected);
  });
});

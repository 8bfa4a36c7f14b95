import { describe, expect, it } from 'vitest';
import { formatIssue } from '../lib/issue.ts';
import { parsePipeline } from './parse.ts';

const kinds = [{ id: 'test.unit' }, { id: 'build.npm' }];
const parse = (source: string | Uint8Array) => parsePipeline(source, 'p.yml', { kinds });
const issuesOf = (source: string | Uint8Array): string[] => parse(source).issues.map(formatIssue);
const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const stages = (text: string): string => `stages:\n${text}`;

describe('what is no pipeline file at all', () => {
  const table: readonly [string, string | Uint8Array, string][] = [
    ['an empty file', '', 'p.yml:1:1 error empty-file The file is empty (a pipeline starts with `stages:`)'],
    [
      'a file of comments',
      '# later\n',
      'p.yml:1:1 error empty-file The file holds nothing but comments (a pipeline starts with `stages:`)',
    ],
    [
      'a list',
      '- a\n- b\n',
      'p.yml:1:1 error not-a-mapping The file must be a mapping, but is a list (a pipeline starts with `stages:`)',
    ],
    [
      'a text',
      'hello',
      'p.yml:1:1 error not-a-mapping The file must be a mapping, but is the text `hello` (a pipeline starts with `stages:`)',
    ],
    [
      'two documents',
      'stages:\n  a: { run: x }\n---\nstages:\n  b: { run: x }\n',
      'p.yml:3:1 error multiple-documents The file holds more than one YAML document (keep one pipeline per file, without `---` between parts)',
    ],
    [
      'a NUL byte',
      'a: 1\nb\0c',
      'p.yml:2:2 error binary-file The file is binary: it holds a NUL byte (choose a YAML file)',
    ],
    [
      'invalid UTF-8',
      bytes(0x61, 0x3a, 0x20, 0x0a, 0x62, 0xff, 0x63),
      'p.yml:2:2 error invalid-encoding The file is not valid UTF-8 (save it as UTF-8)',
    ],
    [
      'UTF-16',
      bytes(0xff, 0xfe, 0x61, 0x00),
      'p.yml error invalid-encoding The file is encoded in UTF-16, not in UTF-8 (save it as UTF-8)',
    ],
    [
      'more than 10 MiB',
      'x'.repeat(10 * 1024 * 1024 + 1),
      'p.yml error file-too-large The file is larger than 10 MiB, the most that a pipeline file may have (move long scripts into files of their own)',
    ],
    [
      'a mapping in a mapping on one line',
      'name: a: b\n',
      'p.yml:1:7 error yaml-syntax This is not valid YAML: Nested mappings are not allowed in compact mappings (put a text that holds `: ` in quotes)',
    ],
    [
      'a tab as indentation',
      'stages:\n\ta: 1\n',
      'p.yml:2:1 error yaml-syntax This is not valid YAML: Tabs are not allowed as indentation (indent with spaces)',
    ],
    [
      'a quote that is not closed',
      'name: "abc\n',
      'p.yml:2:1 error yaml-syntax This is not valid YAML: Missing closing "quote (is a bracket, a brace or a quote not closed?)',
    ],
    [
      'a tag',
      'name: !reference [a]\n',
      'p.yml:1:7 error yaml-tag This has no meaning here: unresolved tag: !reference (a pipeline file needs no tags)',
    ],
    [
      'lists a hundred levels deep',
      `name: ${'['.repeat(100)}${']'.repeat(100)}`,
      'p.yml:1:72 error too-deep Lists and mappings are nested more than 64 levels deep',
    ],
  ];
  it.each(table)('says in one message that %s is none', (_, source, expected) => {
    expect(issuesOf(source)).toEqual([expected]);
    expect(parse(source).pipeline).toBeNull();
  });
});

describe('anchors and aliases', () => {
  it('takes over anchored values and merged keys, own keys winning', () => {
    const source = [
      'env: &common { A: "1", B: "2" }',
      'stages:',
      '  one: &one { run: x, env: *common }',
      '  two: { <<: *one, needs: one, env: { <<: *common, B: "3" } }',
    ].join('\n');
    const { pipeline, issues } = parse(source);
    expect(issues).toEqual([]);
    expect(pipeline?.stages[1]).toMatchObject({
      body: { script: 'x' },
      needs: ['one'],
      env: { A: '1', B: '3' },
    });
  });

  it('allows one anchor to be used by thousands of stages', () => {
    const lines = Array.from({ length: 5_000 }, (_, index) => `  s${index}: { run: x, env: *e }`);
    expect(issuesOf(`env: &e { A: "1" }\nstages:\n${lines.join('\n')}\n`)).toEqual([]);
  });

  it('refuses a bomb of aliases in one message', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i < 30; i += 1)
      lines.push(
        `a${i}: &a${i} [${Array(10)
          .fill(`*a${i - 1}`)
          .join(', ')}]`,
      );
    const bomb = issuesOf(lines.join('\n')).filter((line) => line.includes('alias-'));
    expect(bomb).toEqual([
      'p.yml:6:45 error alias-expansion Aliases repeat more than 1,000,000 values (let aliases not point to what is full of aliases itself)',
    ]);
  });

  it('refuses aliases that nest deeper than a file may', () => {
    const lines = ['a0: &a0 [x]'];
    for (let i = 1; i < 500; i += 1) lines.push(`a${i}: &a${i} [*a${i - 1}]`);
    expect(issuesOf(lines.join('\n')).filter((line) => line.includes('too-deep'))[0]).toBe(
      'p.yml:64:12 error too-deep Aliases nest lists and mappings more than 64 levels deep',
    );
  });

  it('names an alias without anchor, an alias inside of itself, and a merge of no mapping', () => {
    expect(issuesOf('env: &common {}\nstages: { a: { run: x, env: *comon } }')).toContain(
      'p.yml:2:29 error unknown-alias No anchor `&comon` stands before this alias (did you mean `*common`?)',
    );
    expect(issuesOf(stages('  a: { run: *scrpt }'))).toContain(
      'p.yml:2:13 error unknown-alias No anchor `&scrpt` stands before this alias (write the anchor `&name` before the alias `*name`)',
    );
    expect(issuesOf('env: &e { A: *e }\nstages: { a: { run: x } }')).toContain(
      'p.yml:1:14 error alias-cycle The alias `*e` stands inside of what it points to',
    );
    expect(issuesOf(stages('  a: { <<: 3, run: x }'))).toContain(
      'p.yml:2:12 error invalid-merge `<<` takes over the keys of mappings, and this is none (write `<<: *anchor`)',
    );
  });
});

describe('keys and values', () => {
  const table: readonly [string, string, string][] = [
    [
      'a wrong key',
      'stages:\n  a: { run: x, nedds: b }',
      'p.yml:2:16 error unknown-key Unknown key `nedds` in `stages.a` (did you mean `needs`?)',
    ],
    [
      'a key of another system',
      'stages:\n  a: { script: x, run: x }',
      'p.yml:2:8 error unknown-key Unknown key `script` in `stages.a` (here it is called `run`)',
    ],
    [
      'a duplicate stage',
      'stages:\n  a: { run: x }\n  a: { run: y }',
      'p.yml:3:3 error duplicate-key `a` stands here a second time, after line 2 (keep one of the two, or rename one)',
    ],
    [
      'a list for a text',
      'stages:\n  a: { run: [x] }',
      'p.yml:2:13 error wrong-type `stages.a.run` must be text, but is a list',
    ],
    [
      'a mapping for a list',
      'stages:\n  a: { run: x, needs: { b: 1 } }',
      'p.yml:2:23 error wrong-type `stages.a.needs` must be text or a list, but is a mapping',
    ],
    [
      'a number in a list of texts',
      'stages:\n  a: { run: x, needs: [1] }',
      'p.yml:2:24 error wrong-type Item 1 of `stages.a.needs` must be text, but is the number 1',
    ],
    [
      'an empty value',
      'stages:\n  a:\n    run: x\n    needs:\n',
      'p.yml:4:5 error wrong-type `stages.a.needs` must be text or a list, but is empty',
    ],
    [
      'an empty stage',
      'stages:\n  a:\n',
      'p.yml:2:3 error wrong-type `stages.a` must be a mapping, but is empty',
    ],
    [
      'a wrong duration',
      'stages:\n  a: { run: x, timeout: soon }',
      'p.yml:2:25 error invalid-value `stages.a.timeout` must be a duration such as 30s, 10m or 1h30m (a bare number is seconds), but is the text `soon`',
    ],
    [
      'a time limit of zero',
      'timeout: 0\nstages:\n  a: { run: x }',
      'p.yml:1:10 error invalid-value `timeout` must be longer than zero, but is the number 0',
    ],
    [
      'a wrong size',
      'stages:\n  a: { run: x, resources: { memory: big } }',
      'p.yml:2:37 error invalid-value `stages.a.resources.memory` must be a size such as 512Mi or 2Gi (a bare number is bytes), but is the text `big`',
    ],
    [
      'a wrong choice',
      'workspace: sharded\nstages:\n  a: { run: x }',
      'p.yml:1:12 error invalid-value `workspace` must be one of shared, isolated, in-place, but is the text `sharded`',
    ],
    [
      'a missing key',
      'stages:\n  a: { run: x, artifacts: { name: n } }',
      'p.yml:2:16 error missing-key `stages.a.artifacts` has no `paths`',
    ],
    ['no stages', 'name: x', 'p.yml:1:1 error missing-key The file has no `stages`'],
    [
      'empty stages',
      'name: x\nstages:\n',
      'p.yml:2:1 error empty-stages The pipeline has no stages (add one under `stages`)',
    ],
    [
      'a stage whose name starts with a digit',
      'stages:\n  1a: { run: x }',
      'p.yml:2:3 error invalid-name The name `1a` must be letters, digits, `_` and `-`, and start with a letter or `_`',
    ],
    [
      'a path out of the workspace',
      'stages:\n  a: { run: x, working-directory: ../b }',
      'p.yml:2:35 error invalid-value `stages.a.working-directory` must be a relative path that stays inside the workspace, but is the text `../b`',
    ],
    [
      'a key that every object has',
      'stages:\n  a: { run: x, constructor: 1 }',
      'p.yml:2:16 error unknown-key Unknown key `constructor` in `stages.a`',
    ],
    [
      'the key __proto__',
      'stages:\n  a: { run: x, __proto__: { env: 1 } }',
      'p.yml:2:16 error invalid-key `__proto__` cannot be a key (choose another name)',
    ],
    [
      'a list as key',
      'stages:\n  a: { run: x, [b]: 1 }',
      'p.yml:2:16 error invalid-key A key must be a text (is a `:` or a quote missing?)',
    ],
    [
      'a choice without options',
      'inputs:\n  a: { type: choice }\nstages:\n  a: { run: x }',
      'p.yml:2:3 error missing-options Input `a` is a choice without `options` (list the values to choose from)',
    ],
    [
      'a default of the wrong type',
      'inputs:\n  a: { type: number, default: x }\nstages:\n  a: { run: x }',
      'p.yml:2:31 error invalid-default The default of input `a` must be a number, but is the text `x`',
    ],
    [
      'a default outside of the options',
      'inputs:\n  a: { type: choice, options: [b], default: c }\nstages:\n  a: { run: x }',
      'p.yml:2:45 error invalid-default The default of input `a` is the text `c`, which is none of its options',
    ],
    [
      'options of a text',
      'inputs:\n  a: { options: [b] }\nstages:\n  a: { run: x }',
      'p.yml:2:8 error options-without-choice Input `a` has options, but is no choice (set `type: choice`)',
    ],
  ];
  it.each(table)('reports %s at its place', (_, source, expected) => {
    const [first = '', ...others] = issuesOf(source).filter((line) => !line.includes(' unsupported '));
    expect(first.startsWith(expected), first).toBe(true);
    expect(others).toEqual([]);
  });

  it('still gives what it could understand', () => {
    const { pipeline } = parse(
      'name: n\nnmae: x\nstages:\n  a: { run: x, timeout: soon }\n  b: { run: y, needs: a }\n',
    );
    expect(pipeline?.stages.map((stage) => [stage.id, stage.needs])).toEqual([
      ['a', []],
      ['b', ['a']],
    ]);
  });

  it('counts columns from one, without a byte order mark, and takes CRLF', () => {
    expect(
      issuesOf('\uFEFFnme: x\r\nstages:\r\n  a: { run: x, foo-bar: 1 }\r\n').map((line) => line.slice(0, 36)),
    ).toEqual(['p.yml:1:1 error unknown-key Unknown ', 'p.yml:3:16 error unknown-key Unknown']);
    expect(issuesOf(new TextEncoder().encode('\uFEFFname: x\r\nstages:\r\n  a: { run: x }\r\n'))).toEqual([]);
  });

  it('keeps numbers in the environment as they are written', () => {
    const { pipeline } = parse(
      'env: { V: 1.10, H: 0x10, T: true, N: }\nstages: { a: { run: x, env: { V: 2.0 } } }',
    );
    expect(pipeline?.env).toEqual({ V: '1.10', H: '0x10', T: 'true', N: '' });
    expect(pipeline?.stages[0]?.env).toEqual({ V: '2.0' });
  });

  it('reads a file of nearly 10 MiB', () => {
    const script = '      echo a line of a very long script\n'.repeat(250_000);
    const { pipeline, issues } = parse(`stages:\n  a:\n    run: |\n${script}`);
    expect(issues).toEqual([]);
    expect(pipeline?.stages).toHaveLength(1);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { doxygenMatcher, mkdocsMatcher, sphinxMatcher, typedocMatcher } from './docs.ts';
import { matchProblems } from './match-problems.ts';
import type { ProblemMatcher } from './matcher.ts';
import { type MatcherName, MATCHERS } from './matchers.ts';

const folders = {
  seen: { workspace: '/w', cwd: '/w/app' },
  paths: { separator: '/', delimiter: ':' },
};
const match = (text: string, ...names: MatcherName[]) =>
  matchProblems(
    text,
    names.map((name) => MATCHERS[name]),
    folders,
  );
const words = (text: string, matcher: ProblemMatcher) =>
  matchProblems(text, [matcher], folders).map(
    ({ file, line, column, severity, ruleId, message }) =>
      `${file}:${line}:${column} ${severity} ${ruleId} ${message}`,
  );

const CASES: readonly (readonly [MatcherName, string, readonly string[]])[] = [
  [
    'tsc',
    "a.ts(1,7): error TS2322: Type 'string' is not\nerror TS18003: No inputs were found\nnoise",
    ["app/a.ts:1:7 high TS2322 Type 'string' is not", 'null:null:null high TS18003 No inputs were found'],
  ],
  [
    'tsc',
    '\u001b[96ma.ts\u001b[0m:1:40 - error TS2307: Cannot find',
    ['app/a.ts:1:40 high TS2307 Cannot find'],
  ],
  [
    'gcc',
    [
      "make[1]: Entering directory '/w/app/sub'",
      "../a.c: In function 'main':",
      "../a.c:1:27: error: 'y' undeclared",
      '../a.c:1:27: note: each undeclared',
      "../a.c:1:17: warning: unused variable 'x' [-Wunused-variable]",
      "make[1]: Leaving directory '/w/app/sub'",
      "/usr/bin/ld: b.c:(.text+0x5): undefined reference to `f'",
      '/usr/include/x.h:4: fatal error: no such file',
    ].join('\n'),
    [
      "app/a.c:1:27 high error 'y' undeclared",
      "app/a.c:1:17 medium -Wunused-variable unused variable 'x'",
      "app/b.c:null:null high link undefined reference to `f'",
      '/usr/include/x.h:4:null high error no such file',
    ],
  ],
  [
    'javac',
    'A.java:2: error: incompatible types\n  int x = "s";\n          ^\nA.java:3: warning: [rawtypes] found raw type',
    ['app/A.java:2:11 high error incompatible types', 'app/A.java:3:null medium rawtypes found raw type'],
  ],
  [
    'javac',
    '[ERROR] /w/src/A.java:[2,11] incompatible types\n[ERROR] /w/src/A.java:[2,11] incompatible types',
    ['src/A.java:2:11 high error incompatible types'],
  ],
  [
    'rustc',
    [
      'error[E0308]: mismatched types',
      ' --> src/main.rs:1:42',
      '',
      'warning: unused variable: `x`',
      '  --> src/lib.rs:3:9',
      '   |',
      '   = note: `#[warn(unused_variables)]` on by default',
      '',
      'error: could not compile `r` due to 1 previous error',
    ].join('\n'),
    [
      'app/src/main.rs:1:42 high E0308 mismatched types',
      'app/src/lib.rs:3:9 medium unused_variables unused variable: `x`',
    ],
  ],
  [
    'rustc',
    JSON.stringify({
      reason: 'compiler-message',
      message: {
        ...{ level: 'error', message: 'mismatched types', code: { code: 'E0308' } },
        spans: [
          {
            ...{ file_name: 'src/main.rs', line_start: 1, line_end: 1 },
            ...{ column_start: 42, column_end: 45, is_primary: true },
          },
        ],
      },
    }),
    ['app/src/main.rs:1:42 high E0308 mismatched types'],
  ],
  [
    'go',
    '# x\n./main.go:3:8: imported and not used: "os"\nvet: ./b.go:5:23: undeclared name: z',
    ['app/main.go:3:8 high compile imported and not used: "os"', 'app/b.go:5:23 high vet undeclared name: z'],
  ],
  [
    'eslint',
    "\n/w/app/a.js\n  1:7  error  'x' is assigned a value but never used  no-unused-vars\n  2:1  warning  Odd\n\n✖ 2 problems",
    [
      "app/a.js:1:7 high no-unused-vars 'x' is assigned a value but never used",
      'app/a.js:2:1 medium parse Odd',
    ],
  ],
  [
    'esbuild',
    '✘ [ERROR] Could not resolve "./nope"\n\n    a.ts:1:39:\n      1 │ x\n▲ [WARNING] Odd [equals-nan]',
    ['app/a.ts:1:40 high error Could not resolve "./nope"', 'null:null:null medium equals-nan Odd'],
  ],
  [
    'cmake',
    'CMake Error at CMakeLists.txt:3 (foo):\n  Unknown CMake command\n  "foo".\n\n\nCMake Warning (dev):\n  Old.',
    ['app/CMakeLists.txt:3:null high foo Unknown CMake command "foo".', 'null:null:null medium warning Old.'],
  ],
];

describe('problem matchers', () => {
  it.each(CASES)('read what %s prints', (name, text, expected) => {
    expect(words(text, MATCHERS[name])).toEqual(expected);
    expect(words(text.replaceAll('\n', '\r\n'), MATCHERS[name])).toEqual(expected);
  });

  it('read what tools for documentation print', () => {
    expect(words("/w/app/index.rst:3: WARNING: unknown document: 'x' [ref.doc]", sphinxMatcher)).toEqual([
      "app/index.rst:3:null medium ref.doc unknown document: 'x'",
    ]);
    expect(words("WARNING -  Doc file 'index.md' contains a link 'x.md'", mkdocsMatcher)).toEqual([
      "app/index.md:null:null medium warning Doc file 'index.md' contains a link 'x.md'",
    ]);
    expect(
      words('a.ts:1:2 - [warning] Odd\n[warning] Found 0 errors and 1 warnings', typedocMatcher),
    ).toEqual(['app/a.ts:1:2 medium warning Odd']);
    expect(words('/w/app/a.h:3: warning: not documented', doxygenMatcher)).toEqual([
      'app/a.h:3:null medium warning not documented',
    ]);
  });

  it('name files of Windows, and those outside of the workspace in full', () => {
    const windows = {
      seen: { workspace: 'C:\\w', cwd: 'C:\\w\\app' },
      paths: { separator: '\\', delimiter: ';' },
    };
    const text = 'src\\a.ts(1,7): error TS1: x\nD:\\b.ts(1,7): error TS1: x';
    expect(matchProblems(text, [MATCHERS.tsc], windows).map(({ file }) => file)).toEqual([
      'app/src/a.ts',
      'D:/b.ts',
    ]);
  });

  it('read any text without a fault, and only places that exist', () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom(...CASES.flatMap(([, text]) => text.split('\n'))),
      fc.stringMatching(/^[a-z.:/\\() \d-]{0,80}$/),
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const all = Object.keys(MATCHERS) as MatcherName[];
        for (const one of match(lines.join('\n'), ...all)) {
          expect(one.line ?? 1).toBeGreaterThan(0);
          expect(one.column ?? 1).toBeGreaterThan(0);
        }
      }),
    );
  });

  it('stay quick on lines that nearly fit', () => {
    const text = `${'a:'.repeat(20_000)}\n${'error['.repeat(20_000)}\n${' '.repeat(50_000)}x`;
    expect(match(text, ...(Object.keys(MATCHERS) as MatcherName[]))).toEqual([]);
  });
});

import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createKindFixture, isMissing, type KindFixture } from './kind-fixture.ts';

let fixture: KindFixture;
beforeAll(async () => {
  fixture = await createKindFixture();
});
afterAll(() => fixture[Symbol.asyncDispose]());
const clean = (...names: string[]) => {
  for (const name of names) rmSync(path.join(fixture.projectDir, name), { recursive: true, force: true });
};
const compile = (settings: Record<string, unknown>) =>
  fixture.runStage({ uses: 'build.compile', with: settings });
const tsconfig = (strict: boolean) =>
  JSON.stringify({ compilerOptions: { strict, outDir: 'dist', types: [] }, include: ['src'] });

describe('build.compile', () => {
  beforeEach(() => clean('dist', 'src', 'tsconfig.json', 'Makefile', 'a.c'));

  it('compiles TypeScript, keeps the outputs and their figures', async () => {
    fixture.write('tsconfig.json', tsconfig(true));
    fixture.write('src/a.ts', 'export const a: number = 1;\n');
    const run = await fixture.runExample('build.compile');
    expect(run.outcome()).toBe('succeeded');
    expect(fixture.read('dist/a.js')).toContain('a = 1');
    expect(run.stage().artifacts).toMatchObject([{ name: 'compiled' }]);
    expect(run.report('metrics')?.metrics).toMatchObject([
      { name: 'build.errors', value: 0 },
      { name: 'build.warnings', value: 0 },
      { name: 'build.files', value: 1 },
      { name: 'build.bytes', unit: 'bytes' },
    ]);
  });

  it('says where it does not compile', async () => {
    fixture.write('tsconfig.json', tsconfig(true));
    fixture.write('src/a.ts', 'export const a: number = "x";\n');
    const run = await compile({});
    expect(run.outcome()).toBe(
      "failed: It does not compile: src/a.ts:1: Type 'string' is not assignable to type 'number'.",
    );
    expect(run.report('findings')?.findings).toMatchObject([
      { ruleId: 'TS2322', tool: 'tsc', file: 'src/a.ts', line: 1, column: 14, severity: 'high' },
    ]);
  });

  it('fails on errors that a command swallows, on outputs that are not there, and on too many warnings', async () => {
    const printing = (text: string) => ({ command: `echo '${text}'` });
    const swallowed = await compile(printing('a.c:3:4: error: it is broken'));
    expect(swallowed.outcome()).toBe('failed: 1 finding (1 high)');
    const without = await compile({ command: 'true', outputs: ['dist/**', 'other'] });
    expect(without.outcome()).toBe('failed: It compiled, but nothing matches dist/**, other of its outputs');
    const warned = await compile({ ...printing('a.c:3:4: warning: odd [-Wodd]'), 'max-warnings': 0 });
    expect(warned.outcome()).toBe('failed: 1 warning, and none may be; the first: odd');
    expect(warned.stage().outputs).toMatchObject({ errors: '0', warnings: '1' });
  });

  it('says what it looks for in a folder that no compiler knows, and refuses outputs elsewhere', async () => {
    expect((await compile({})).outcome()).toMatch(
      /^infra-error: Nothing in it's folder tells which tool is to compile it\. One of Cargo\.toml, go\.mod/,
    );
    expect((await compile({ command: 'true', outputs: '../*' })).outcome()).toMatch(
      /^failed: `outputs`: \.\.\/\* is not inside/,
    );
  });

  it.skipIf(isMissing('make', 'gcc'))('reads what GCC says under make', async () => {
    fixture.write('Makefile', 'all:\n\tgcc -Wall -c src/a.c -o a.o\n');
    fixture.write('src/a.c', 'int main(void) { int unused; return 0; }\n');
    const run = await compile({ outputs: 'a.o' });
    expect(run.outcome()).toBe('succeeded');
    expect(run.report('findings')?.findings).toMatchObject([
      { ruleId: '-Wunused-variable', file: 'src/a.c', line: 1, severity: 'medium' },
    ]);
    clean('a.o');
  });

  it.skipIf(isMissing('cmake', 'gcc'))('configures and builds with CMake', async () => {
    fixture.write(
      'cm/CMakeLists.txt',
      'cmake_minimum_required(VERSION 3.10)\nproject(x C)\nadd_executable(app a.c)\n',
    );
    fixture.write('cm/a.c', 'int main(void) { return 0; }\n');
    const stage = { uses: 'build.compile', 'working-directory': 'cm' };
    const settings = { outputs: 'build/app', artifact: 'app' };
    const run = await fixture.runStage({ ...stage, with: settings });
    expect(run.outcome()).toBe('succeeded');
    expect(run.stage().artifacts).toMatchObject([{ name: 'app' }]);
    fixture.write('cm/a.c', 'int main(void) { return x; }\n');
    const broken = await fixture.runStage({ ...stage, with: settings });
    expect(broken.report('findings')?.findings).toMatchObject([{ file: 'cm/a.c', line: 1 }]);
    fixture.write('cm/CMakeLists.txt', 'foo()\n');
    const unknown = await fixture.runStage({ ...stage, with: {} });
    expect(unknown.outcome()).toContain('cm/CMakeLists.txt:1: Unknown CMake command "foo".');
  });

  it.skipIf(isMissing('cargo', 'go', 'javac'))('reads what Rust, Go and Java say', async () => {
    fixture.write('rs/Cargo.toml', '[package]\nname="r"\nversion="0.1.0"\nedition="2021"\n');
    fixture.write('rs/src/main.rs', 'fn main() {\n  let x: i32 = "a";\n}\n');
    const rust = await fixture.runStage({ uses: 'build.compile', 'working-directory': 'rs' });
    expect(rust.report('findings')?.findings[0]).toMatchObject({
      ...{ ruleId: 'E0308', file: 'rs/src/main.rs', line: 2 },
    });
    fixture.write('go/go.mod', 'module x\n\ngo 1.19\n');
    fixture.write('go/main.go', 'package main\n\nfunc main() { z() }\n');
    const go = await fixture.runStage({ uses: 'build.compile', 'working-directory': 'go' });
    expect(go.outcome()).toBe('failed: It does not compile: go/main.go:3: undefined: z');
    fixture.write('src/A.java', 'class A {\n  int x = "s";\n}\n');
    const java = await compile({ command: 'javac -d dist src/A.java' });
    expect(java.report('findings')?.findings).toMatchObject([
      { tool: 'javac', file: 'src/A.java', line: 2, column: 11 },
    ]);
  });
});

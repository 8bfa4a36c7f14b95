import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKindFixture, isMissing, type KindFixture } from './kind-fixture.ts';

let fixture: KindFixture;
beforeAll(async () => {
  fixture = await createKindFixture();
});
afterAll(() => fixture[Symbol.asyncDispose]());
const build = (settings: Record<string, unknown>, folder = '.') =>
  fixture.runStage({ uses: 'build.binary', 'working-directory': folder, with: settings });

describe('build.binary', () => {
  it('puts a script into Node, tries it and keeps it with its hash', async () => {
    fixture.write('dist/main.cjs', `console.log(process.argv[2] === '--version' ? 'v1.2.3' : 'hi');`);
    const done = await fixture.runExample('build.binary');
    expect(done.outcome()).toBe('succeeded');
    const { file = '', sha256 } = done.stage().outputs;
    expect(file).toMatch(/^dist\/bin\/shop/);
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(execFileSync(path.join(fixture.projectDir, file), { encoding: 'utf8' })).toBe('hi\n');
    expect(done.stage().artifacts).toMatchObject([{ name: 'binaries' }]);
    expect(done.report('metrics')?.metrics).toMatchObject([{ name: 'binary.bytes', unit: 'bytes' }]);
    rmSync(path.join(fixture.projectDir, 'dist'), { recursive: true });
  });

  it.skipIf(isMissing('go'))(
    'builds with Go, also for other systems, and fails when it prints something else',
    async () => {
      fixture.write('go/go.mod', 'module shop\n\ngo 1.19\n');
      fixture.write('go/cmd/shop/main.go', 'package main\n\nfunc main() { println("v2") }\n');
      const wish = { name: 'shop', entry: 'cmd/shop' };
      const done = await build({ ...wish, targets: ['windows/amd64'] }, 'go');
      expect(done.outcome()).toBe('succeeded');
      expect(done.stage().outputs).toMatchObject({
        files: 'dist/bin/shop-windows-amd64.exe',
      });
      const other = await build({ ...wish, 'probe-expects': 'v3' }, 'go');
      expect(other.outcome()).toBe('failed: `shop --version` printed "", and not v3');
      fixture.write('go/cmd/shop/main.go', 'package main\n\nfunc main() { nope() }\n');
      const broken = await build(wish, 'go');
      expect(broken.outcome()).toBe('failed: undefined: nope');
      expect(broken.report('findings')?.findings).toMatchObject([{ file: 'go/cmd/shop/main.go', line: 3 }]);
    },
  );

  it.skipIf(isMissing('cargo'))('builds with Cargo, and fails when the program does', async () => {
    fixture.write('rs/Cargo.toml', '[package]\nname="shop"\nversion="0.1.0"\nedition="2021"\n');
    fixture.write('rs/src/main.rs', 'fn main() { println!("shop 0.1.0"); }\n');
    const done = await build({ name: 'shop', 'probe-expects': '0.1.0' }, 'rs');
    expect(done.outcome()).toBe('succeeded');
    fixture.write('rs/src/main.rs', 'fn main() { std::process::exit(3) }\n');
    expect((await build({ name: 'shop' }, 'rs')).outcome()).toBe(
      'failed: It was built, but `shop --version` ended with exit code 3',
    );
  });

  it('refuses targets that it cannot build for, and entries elsewhere', async () => {
    expect((await build({ tool: 'node', name: 'x', targets: ['linux/arm64'] })).outcome()).toMatch(
      /^failed: `targets`: node builds only/,
    );
    expect((await build({ tool: 'node', name: 'x', entry: '../x' })).outcome()).toMatch(
      /`entry`: \.\.\/x is not/,
    );
    expect((await build({ tool: 'node', name: 'x' })).outcome()).toMatch(/^failed: `entry` is missing/);
  });
});

import { chmodSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKindFixture, isMissing, type KindFixture } from './kind-fixture.ts';

let fixture: KindFixture;
beforeEach(async () => {
  fixture = await createKindFixture();
});
afterEach(() => fixture[Symbol.asyncDispose]());

const NO_EVAL =
  'id: no-eval\nlanguage: JavaScript\nseverity: error\nmessage: eval is evil\nrule: { pattern: eval($A) }\n';
const NO_LOG =
  'id: no-log\nlanguage: JavaScript\nseverity: hint\nmessage: no logs\nrule: { pattern: console.log($A) }\n';

describe('test.static', () => {
  it('runs rules of ast-grep and fails on what they find', async () => {
    fixture.write('rules/a.yml', NO_EVAL);
    fixture.write('rules/b.yml', NO_LOG);
    fixture.write('src/a.js', 'let a;\na = eval("1");\nconsole.log(a);\n');
    fixture.write('other.js', 'eval("2");\n');
    const run = await fixture.runExample('test.static');
    expect(run.outcome()).toBe('failed: 1 finding (1 high)');
    const report = run.report('findings');
    expect(report?.counts).toMatchObject({ high: 1, low: 1 });
    expect(report?.findings.find(({ ruleId }) => ruleId === 'no-eval')).toMatchObject({
      tool: 'ast-grep',
      file: 'src/a.js',
      line: 2,
      message: 'eval is evil',
    });
    expect(await run.log()).toContain('src/a.js:2:5 high no-eval: eval is evil');
  });

  it('looks at files whatever they are called', async () => {
    fixture.write('rules/a.yml', NO_EVAL);
    for (const name of ['a b.js', "it's.js", '-rf.js', 'new\nline.js', 'q"$HOME`.js', '@at.js']) {
      fixture.write(`src/${name}`, 'eval("1")\n');
      fixture.write(name, 'eval("1")\n');
    }
    const run = await fixture.runStage({
      uses: 'test.static',
      with: { rules: 'rules/a.yml', tool: 'ast-grep', paths: '**/*.js' },
    });
    expect(run.outcome()).toBe('failed: 12 findings (12 high)');
    expect(run.report('findings')?.findings.map(({ file }) => file)).toEqual(
      expect.arrayContaining(['-rf.js', 'src/new\nline.js', 'q"$HOME`.js', 'src/@at.js']),
    );
  });

  it('places what it finds below the working directory in the workspace', async () => {
    fixture.write('web/rules/a.yml', NO_EVAL);
    fixture.write('web/src/a.js', 'eval("1")\n');
    const run = await fixture.runStage({
      uses: 'test.static',
      'working-directory': 'web',
      with: { rules: 'rules', tool: 'ast-grep' },
    });
    expect(run.report('findings')?.findings).toMatchObject([{ file: 'web/src/a.js' }]);
  });

  it.skipIf(isMissing('cppcheck', 'flawfinder', 'bandit', 'shellcheck'))(
    'runs the analyser of each language that is there',
    async () => {
      fixture.write('c.c', 'int main(){int a[2]; a[5]=1; int *p=0; *p=1; return a[1];}\n');
      fixture.write('s.c', '#include <string.h>\nvoid f(char *b, char *c){ strcpy(b, c); }\n');
      fixture.write('p.py', 'import subprocess\nsubprocess.call("ls " + x, shell=True)\n');
      fixture.write('broken.py', 'def f(:\n');
      fixture.write('s.sh', '#!/bin/sh\nrm -rf $1\n');
      const run = await fixture.runStage({ uses: 'test.static' });
      expect(run.outcome()).toMatch(/^failed: /);
      const report = run.report('findings');
      const byTool = (tool: string) =>
        report?.findings.filter((one) => one.tool === tool).map(({ ruleId, file }) => `${file} ${ruleId}`);
      expect(byTool('cppcheck')).toEqual(expect.arrayContaining(['c.c nullPointer']));
      expect(byTool('flawfinder')).toEqual(expect.arrayContaining(['s.c FF1001']));
      expect(byTool('bandit')).toEqual(expect.arrayContaining(['p.py B602', 'broken.py unreadable']));
      expect(byTool('shellcheck')).toEqual(['s.sh SC2086']);
      expect(report?.checked).toBe(7);
    },
  );

  it.skipIf(isMissing('shellcheck'))('counts only what the baseline did not have', async () => {
    const stage = { uses: 'test.static', with: { baseline: 'new-only', 'fail-on': 'low' } };
    fixture.write('s.sh', '#!/bin/sh\nrm -rf $1\n');
    expect((await fixture.runStage(stage)).outcome()).toBe('failed: 1 finding (1 low)');
    fixture.write('s.sh', '#!/bin/sh\n\n\nrm -rf $1\n');
    const same = await fixture.runStage(stage);
    expect(same.outcome()).toBe('succeeded');
    expect(same.report('findings')?.findings).toHaveLength(1);
    fixture.write('t.sh', '#!/bin/sh\nrm -rf $1\n');
    const more = await fixture.runStage(stage);
    expect(more.outcome()).toBe('failed: 1 finding (1 low)');
    expect(more.stage().outputs).toMatchObject({ checked: '2', findings: '2', new: '1' });
  });

  it('could not judge where no file is one for its tools, unless that is said to be right', async () => {
    fixture.write('a.txt', 'x');
    const run = await fixture.runStage({ uses: 'test.static' });
    expect(run.outcome()).toMatch(/^infra-error: Nothing was checked: no file here is one for semgrep, /);
    const allowed = await fixture.runStage({ uses: 'test.static', with: { 'allow-empty': true } });
    expect(allowed.outcome()).toBe('succeeded');
  });

  it('says which tool is missing, and what else would do', async () => {
    fixture.write('p.py', 'x = 1\n');
    fixture.write('s.sh', 'true\n');
    const run = await fixture.runStage({ uses: 'test.static', env: { PATH: '/nonexistent' } });
    expect(run.outcome()).toBe(
      'infra-error: No tool is there to analyse the code: bandit was not found. Install it (pipx install bandit). shellcheck would do as well.',
    );
  });

  it('believes the report, not the exit code', async () => {
    fixture.write('s.sh', 'true\n');
    const fake = (script: string) => {
      fixture.write('bin/shellcheck', `#!/bin/sh\n${script}\n`);
      chmodSync(path.join(fixture.projectDir, 'bin/shellcheck'), 0o755);
      const env = { PATH: `${fixture.projectDir}/bin:/usr/bin:/bin` };
      return fixture.runStage({ uses: 'test.static', with: { tool: 'shellcheck' }, env });
    };
    const finding =
      '{"file":"s.sh","line":1,"endLine":1,"column":1,"endColumn":1,"level":"error","code":1,"message":"m"}';
    expect((await fake(`echo '{"comments":[${finding}]}'; exit 0`)).outcome()).toBe(
      'failed: 1 finding (1 high)',
    );
    expect((await fake(`echo '{"comments":[]}'; exit 1`)).outcome()).toMatch(
      /^infra-error: shellcheck ended with exit code 1, as it does when it found something, but its report is empty\./,
    );
    expect((await fake('echo all is well; exit 0')).outcome()).toMatch(
      /^infra-error: The report of shellcheck could not be read/,
    );
    expect((await fake('echo boom >&2; kill -9 $$')).outcome()).toMatch(
      /^infra-error: shellcheck could not do its work/,
    );
    expect((await fake('exit 0')).outcome()).toMatch(/^infra-error: shellcheck wrote no report/);
  });

  it('refuses paths outside of the workspace and rules that are not there', async () => {
    fixture.write('a.js', '1\n');
    const outside = await fixture.runStage({ uses: 'test.static', with: { paths: '../x' } });
    expect(outside.outcome()).toMatch(/^failed: \.\.\/x leads out of the workspace/);
    const none = await fixture.runStage({ uses: 'test.static', with: { rules: 'none/*.yml' } });
    expect(none.outcome()).toMatch(/^failed: `rules`: no YAML file matches none/);
  });
});

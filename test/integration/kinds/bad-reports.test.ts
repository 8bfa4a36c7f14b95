import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKindFixture, type KindFixture, type KindRun, type StageText } from './kind-fixture.ts';

let fixture: KindFixture;
beforeAll(async () => {
  fixture = await createKindFixture();
});
afterAll(() => fixture[Symbol.asyncDispose]());

const BOMB = `<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "lol">${'bcdefghij'
  .split('')
  .map((name, at) => `<!ENTITY ${name} "${`&${'abcdefghi'[at]};`.repeat(10)}">`)
  .join('')}]>
<ROOT name="&j;"/>`;
const ARCHIVE = Buffer.from([0x50, 0x4b, 3, 4, 0x14, 0, 0, 0, 8, 0, 255, 254, 0, 1]);

/** What may lie where a report in XML is looked for. */
const xml = (sound: string): Readonly<Record<string, string | Buffer>> => ({
  'nothing in it': '',
  'only blanks': ' \n\t\n',
  'its second half missing': sound.slice(0, sound.length / 2),
  'an unknown encoding': `<?xml version="1.0" encoding="x-nope"?>${sound}`,
  'bytes of an archive': ARCHIVE,
  'an entity bomb': BOMB.replace('ROOT', /<(\w+)/.exec(sound)?.[1] ?? ''),
  'a file of this machine in it': `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>${sound}`,
  'elements nested too deep': sound.replace('>', `>${'<testsuite>'.repeat(100_000)}`),
});

const json = (sound: string): Readonly<Record<string, string | Buffer>> => ({
  'nothing in it': '',
  'its second half missing': sound.slice(0, sound.length / 2),
  'bytes of an archive': ARCHIVE,
  'lists nested too deep': `{"version":"2.1.0","bomFormat":"CycloneDX","runs":${'['.repeat(1_000_000)}`,
  'a page of a proxy': '<html><body>Sign in</body></html>',
  'another document': '{"name":"shop"}',
});

const JUNIT = '<testsuites><testsuite name="a"><testcase name="b"/></testsuite></testsuites>';
const COVERAGE = `<coverage><packages><package name="p"><classes><class filename="a.js"><lines><line number="1" hits="1"/></lines></class></classes></package></packages></coverage>`;
const SARIF = JSON.stringify({
  version: '2.1.0',
  runs: [
    {
      tool: { driver: { name: 'lint' } },
      artifacts: [{ location: { uri: 'a.js' } }],
      results: [{ ruleId: 'r', level: 'note', message: { text: 'm' } }],
    },
  ],
});
const BOM = JSON.stringify({
  ...{ bomFormat: 'CycloneDX', specVersion: '1.5' },
  components: [{ type: 'library', name: 'left', version: '1.0.0', licenses: [{ license: { id: 'MIT' } }] }],
});

interface Reader {
  readonly uses: string;
  readonly settings: StageText;
  readonly sound: string;
  readonly bad: Readonly<Record<string, string | Buffer>>;
}

// What a stage before has left is copied, so that it is as young as what a tool wrote.
const command = 'cp given report';
const COVERED = { junit: 'tests.xml', coverage: 'report', 'coverage-min': { lines: 1 } };
const READERS: Readonly<Record<string, Reader>> = {
  'a report of results in test.unit': {
    ...{ uses: 'test.unit', settings: { command, junit: 'report' } },
    ...{ sound: JUNIT, bad: xml(JUNIT) },
  },
  'a report of coverage in test.unit': {
    ...{ uses: 'test.unit', settings: { ...COVERED, command: `${command}; cp good tests.xml` } },
    ...{ sound: COVERAGE, bad: xml(COVERAGE) },
  },
  'a report of findings in test.static': {
    ...{ uses: 'test.static', settings: { command, sarif: 'report' } },
    ...{ sound: SARIF, bad: json(SARIF) },
  },
  'a bill of materials in test.license': {
    ...{ uses: 'test.license', settings: { sbom: 'given', allow: ['MIT'] } },
    ...{ sound: BOM, bad: json(BOM) },
  },
};

async function judge({ uses, settings }: Reader, report: string | Buffer): Promise<KindRun> {
  fixture.write('good', JUNIT);
  fixture.write('given', report);
  return fixture.runStage({ uses, with: settings });
}

describe.each(Object.entries(READERS))('%s', (_, reader) => {
  it('is read when it is sound, also in UTF-16', async () => {
    expect((await judge(reader, reader.sound)).outcome()).toBe('succeeded');
    const utf16 = Buffer.from(`\ufeff${reader.sound}`, 'utf16le');
    expect((await judge(reader, utf16)).outcome()).toBe('succeeded');
  });

  it.each(Object.entries(reader.bad))('is refused with %s', async (_name, bytes) => {
    const run = await judge(reader, bytes);
    expect(run.outcome()).toMatch(/^infra-error: [^\n]+$/);
    expect(run.outcome()).toMatch(/\b(report|CycloneDX|SARIF)\b/);
    expect(JSON.stringify(run.state)).not.toContain('root:x:');
  });
});

describe('one broken report among others', () => {
  const command = 'rm -rf out; mkdir out; cp good out/a.xml; cp given out/b.xml';
  const run = (good: string) => {
    fixture.write('good', good);
    fixture.write('given', JUNIT.slice(0, 40));
    return fixture.runStage({ uses: 'test.unit', with: { command, junit: 'out/*.xml' } });
  };

  it('is no success, and the others are kept', async () => {
    const done = await run(JUNIT);
    expect(done.outcome()).toMatch(/^infra-error: out\/b\.xml: The report is cut off/);
    expect(done.report('tests')).toMatchObject({ total: 1 });
  });

  it('hides no test that failed', async () => {
    const done = await run(JUNIT.replace('<testcase name="b"/>', '<testcase name="b"><failure/></testcase>'));
    expect(done.outcome()).toBe('failed: 1 of 1 tests failed');
    expect(done.stage().issues).toMatchObject([{ path: 'out/b.xml', severity: 'error' }]);
  });
});

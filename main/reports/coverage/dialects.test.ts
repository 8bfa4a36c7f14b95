import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { coverageSchema, type Coverage } from '#shared/reports/coverage.ts';
import { parseReport } from '../parse-report.ts';

let workspace: string;

beforeEach(async () => {
  workspace = await mkdtemp(path.join(tmpdir(), 'pipewright-coverage-'));
});
afterEach(() => rm(workspace, { recursive: true }));

async function put(file: string): Promise<void> {
  await mkdir(path.dirname(path.join(workspace, file)), { recursive: true });
  await writeFile(path.join(workspace, file), '');
}

async function read(xml: string): Promise<Coverage> {
  const { form, issues } = await parseReport(
    Buffer.from(xml),
    'coverage',
    'r.xml',
    { workspace },
    new AbortController().signal,
  );
  expect(issues).toEqual([]);
  return coverageSchema.parse(form!.report);
}

const counts = ({ lines, branches, functions }: Coverage | Coverage['files'][number]) =>
  [lines, branches, functions].map(({ covered, total }) => `${covered}/${total}`);

const COBERTURA = (source: string) => `<?xml version="1.0"?>
<!DOCTYPE coverage SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd">
<coverage line-rate="0.5" version="1">
  <sources><source>/elsewhere</source><source>${source}</source></sources>
  <packages><package name="shop"><classes>
    <class name="Cart" filename="shop/cart.py"><methods>
        <method name="add" signature="()" hits="3"><lines><line number="1" hits="3"/></lines></method>
        <method name="sub" signature="()"><lines><line number="4" hits="0"/></lines></method></methods>
      <lines><line number="1" hits="3"/><line number="2" hits="3" branch="true" condition-coverage="50% (1/2)"/><line number="4" hits="0"/></lines></class>
    <class name="Cart.Inner" filename="shop/cart.py"><methods/><lines><line number="9" hits="1"/></lines></class>
  </classes></package></packages>
</coverage>`;

test('Cobertura: classes of one file are one file, found below the source folder that has it', async () => {
  await put('src/shop/cart.py');
  const coverage = await read(COBERTURA(path.join(workspace, 'src')));
  expect(coverage.files.map((file) => file.path)).toEqual(['src/shop/cart.py']);
  expect(counts(coverage)).toEqual(['3/4', '1/2', '1/2']);
  expect(coverage.files[0]!.hits).toEqual([
    [1, 3],
    [2, 3],
    [4, 0],
    [9, 1],
  ]);
});

test('Cobertura: a file that is nowhere to be found keeps its name', async () => {
  const coverage = await read(COBERTURA('/nowhere'));
  expect(coverage.files.map((file) => file.path)).toEqual(['shop/cart.py']);
});

const JACOCO = (inner: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE report PUBLIC "-//JACOCO//DTD Report 1.1//EN" "report.dtd"><report name="shop"><sessioninfo id="a" start="1" dump="2"/>${inner}</report>`;
const PACKAGE = `<package name="com/shop">
  <class name="com/shop/Cart" sourcefilename="Cart.java">
    <method name="add" desc="()V" line="3"><counter type="METHOD" missed="0" covered="1"/></method>
    <counter type="LINE" missed="1" covered="2"/><counter type="METHOD" missed="1" covered="1"/></class>
  <class name="com/shop/Cart$Line" sourcefilename="Cart.java"><counter type="METHOD" missed="0" covered="2"/></class>
  <sourcefile name="Cart.java"><line nr="3" mi="0" ci="4" mb="0" cb="0"/><line nr="4" mi="1" ci="2" mb="1" cb="1"/><line nr="6" mi="3" ci="0" mb="0" cb="0"/>
    <counter type="LINE" missed="1" covered="2"/></sourcefile>
  <counter type="LINE" missed="1" covered="2"/></package>`;

test('JaCoCo: lines were run or not, and files lie where builds keep them', async () => {
  await put('src/main/java/com/shop/Cart.java');
  const coverage = await read(JACOCO(PACKAGE));
  expect(coverage.files.map((file) => file.path)).toEqual(['src/main/java/com/shop/Cart.java']);
  expect(counts(coverage)).toEqual(['2/3', '1/2', '3/4']);
  expect(coverage.files[0]!.hits).toEqual([
    [3, 1],
    [4, 1],
    [6, 0],
  ]);
});

test('JaCoCo: files of a module lie below its folder', async () => {
  await put('web/src/main/java/com/shop/Cart.java');
  const coverage = await read(
    JACOCO(`<group name="web">${PACKAGE}</group><group name="api">${PACKAGE}</group>`),
  );
  expect(coverage.files.map((file) => file.path)).toEqual([
    'com/shop/Cart.java',
    'web/src/main/java/com/shop/Cart.java',
  ]);
});

test('a source path that leads out of the workspace is shown as what it is', async () => {
  const coverage = await read(
    '<coverage><class filename="../../../etc/passwd"><lines><line number="1" hits="1"/></lines></class></coverage>',
  );
  expect(path.isAbsolute(coverage.files[0]!.path)).toBe(true);
  expect(coverage.files[0]!.path).toMatch(/etc\/passwd$/);
});

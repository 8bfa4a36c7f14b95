import { lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { expect, it } from 'vitest';
import type { Contract } from './executor-contract.ts';

const ODD_NAMES = [
  'plain',
  ' leading and trailing ',
  `it's "quoted"`,
  '$HOME `id` $(id)',
  '-rf',
  '--delete',
  '*?[a]{b,c}',
  'back\\slash',
  'new\nline',
  'tab\tname',
  'ünïcödé 日本語 🛠️',
  '#hash',
  '.hidden',
  'a:b',
  '~',
  'x'.repeat(255),
];

const ODD_FOLDER = `a "folder"\n of $HOME, it's`;

const never = new AbortController().signal;

export function fileCases({ open, can }: Contract): void {
  const fileIt = it.runIf(can.runsScripts);

  fileIt('with every name that a file may have', async () => {
    const { step, place, workspace } = await open();
    const names = Object.fromEntries(ODD_NAMES.map((name, index) => [`NAME_${index}`, name]));
    const writes = Object.keys(names).map((name) => `printf '%s' "$${name}" > "./$FOLDER/$${name}"`);
    const env = { ...names, FOLDER: ODD_FOLDER };
    expect(await step(['mkdir "./$FOLDER"', ...writes].join('\n'), { env })).toEqual({ type: 'succeeded' });
    await place.collect(never);
    const folder = path.join(workspace, ODD_FOLDER);
    expect(readdirSync(folder).sort()).toEqual([...ODD_NAMES].sort());
    for (const name of ODD_NAMES) expect(readFileSync(path.join(folder, name), 'utf8')).toBe(name);
  });

  it.runIf(can.bringsAnyName && process.platform === 'linux')('with names that are no UTF-8', async () => {
    const { step, place, workspace } = await open();
    expect(await step('mkdir out; echo odd > "$(printf \'out/\\377\\376\')"')).toEqual({ type: 'succeeded' });
    await place.collect(never);
    const [name] = readdirSync(path.join(workspace, 'out'), { encoding: 'buffer' });
    expect(name).toEqual(Buffer.from([0xff, 0xfe]));
  });

  fileIt('with their bytes, their permissions and what links point to', async () => {
    const { step, place, workspace } = await open();
    const script = [
      "printf '\\000\\377\\n' > bytes",
      "printf '#!/bin/sh\\n' > tool && chmod 755 tool",
      'printf private > private && chmod 600 private',
      'ln -s tool link && ln -s not-there dangling',
      'mkdir -p deep/er/still empty && : > deep/er/still/nothing',
    ].join('\n');
    expect(await step(script)).toEqual({ type: 'succeeded' });
    await place.collect(never);
    const at = (name: string): string => path.join(workspace, name);
    expect(readFileSync(at('bytes'))).toEqual(Buffer.from([0, 255, 10]));
    expect(lstatSync(at('tool')).mode & 0o777).toBe(0o755);
    expect(lstatSync(at('private')).mode & 0o777).toBe(0o600);
    expect(readlinkSync(at('link'))).toBe('tool');
    expect(readlinkSync(at('dangling'))).toBe('not-there');
    expect(lstatSync(at('empty')).isDirectory()).toBe(true);
    expect(lstatSync(at('deep/er/still/nothing')).size).toBe(0);
  });

  it.runIf(can.runsScripts && process.getuid !== undefined)(
    'as files of whoever uses Pipewright',
    async () => {
      const { step, place, workspace } = await open();
      expect(await step('mkdir folder; echo mine > folder/file')).toEqual({ type: 'succeeded' });
      await place.collect(never);
      const { uid } = lstatSync(path.join(workspace, 'folder/file'));
      expect(uid).toBe(process.getuid?.());
    },
  );

  fileIt('after the steps have found, changed and removed what was there', async () => {
    const { step, log, place, workspace } = await open({
      prepare(folder) {
        mkdirSync(path.join(folder, 'src'));
        writeFileSync(path.join(folder, 'src/kept'), 'kept');
        writeFileSync(path.join(folder, 'src/changed'), 'before');
        writeFileSync(path.join(folder, 'src/removed'), 'removed');
        writeFileSync(path.join(folder, 'src/tool.sh'), '#!/bin/sh\necho ran\n', { mode: 0o755 });
      },
    });
    const script = 'cat src/kept src/removed; printf after > src/changed; rm src/removed; ./src/tool.sh';
    expect(await step(script)).toEqual({ type: 'succeeded' });
    expect(log.bytes('stdout').toString()).toBe('keptremovedran\n');
    await place.collect(never);
    expect(readdirSync(path.join(workspace, 'src')).sort()).toEqual(['changed', 'kept', 'tool.sh']);
    expect(readFileSync(path.join(workspace, 'src/changed'), 'utf8')).toBe('after');
    expect(readFileSync(path.join(workspace, 'src/kept'), 'utf8')).toBe('kept');
  });

  fileIt('of commands, once', async () => {
    const { step, place } = await open();
    const value = `ä "quoted" $HOME ${'x'.repeat(100_000)}`;
    await step('printf "name=%s\\n" "$VALUE" >> "$PIPEWRIGHT_OUTPUT"', { env: { VALUE: value } });
    expect(await place.readCommandFiles(place.seenCommandPrefix)).toEqual({ output: `name=${value}\n` });
    expect(await place.readCommandFiles(place.seenCommandPrefix)).toEqual({});
    await step('echo second=2 >> "$PIPEWRIGHT_OUTPUT"');
    expect(await place.readCommandFiles(place.seenCommandPrefix)).toEqual({ output: 'second=2\n' });
  });
}

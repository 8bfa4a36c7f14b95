import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { KindContext, KindResult } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { SUCCEEDED } from '#shared/run/outcome.ts';
import { defineKind } from '../kind.ts';
import { sha256OfFile } from '../publish/files/sha256-of-file.ts';
import { counted } from '../tools/counted.ts';
import { matchingFiles } from '../tools/matching-files.ts';
import { globsSetting, listOf } from '../tools/setting-shapes.ts';
import { failed, nothingChecked } from '../tools/verdict.ts';
import { workspacePath } from '../tools/workspace-path.ts';
import { keyIdOf, openEnvelope, readPublicKey } from './provenance/envelope.ts';
import { provenanceReport, readStatement } from './provenance/statement.ts';

const settings = z.strictObject({
  subjects: globsSetting
    .describe('Globs of the files to check, relative to the folder of the stage')
    .meta({ title: 'Files', 'x-control': 'globs', examples: ['dist/*.tgz'] }),
  provenance: z
    .string()
    .min(1)
    .default('provenance.intoto.jsonl')
    .describe('The signed provenance')
    .meta({ title: 'Provenance' }),
  'public-key': z
    .string()
    .min(1)
    .describe(
      'The file of the key that is trusted, or the key itself in PEM; not the one that came with the files',
    )
    .meta({ title: 'Public key', examples: ['keys/release.pub.pem'] }),
  source: z
    .string()
    .default('')
    .describe('Where the source must come from; empty: anywhere')
    .meta({ title: 'Source', examples: ['git+https://git.example/team/shop'] }),
});
type Settings = z.output<typeof settings>;

/** Files against their provenance. */
export const releaseVerify = defineKind({
  id: 'release.verify',
  title: 'Verify provenance',
  summary: 'Checks files against a signed provenance and a key that is trusted',
  docs: [
    'Checks that the provenance was signed with the key that you trust, that it names each file with the SHA-256 that the file',
    'has, and with `source` that it was made from there.',
    '',
    'Fails when the statement or a file was changed, when it does not name a file, and when another key signed it. Could not',
    'judge when no file matches.',
  ].join('\n'),
  settings,
  example: { subjects: 'dist/*.tgz', 'public-key': 'keys/release.pub.pem' },
  outputs: { 'key-id': 'SHA-256 of the public key' },
  reports: ['provenance'],
  worksOnFiles: true,
  run: check,
});

async function check(given: Settings, context: KindContext): Promise<KindResult> {
  const files = await matchingFiles(context, listOf(given.subjects), 'subjects');
  if (files.length === 0)
    nothingChecked(
      'no file matches `subjects`',
      'Look at `subjects`; they are relative to the folder of the stage.',
    );
  const isPem = given['public-key'].includes('-----BEGIN');
  const pem = isPem ? given['public-key'] : await readText(context, given['public-key'], 'public-key');
  const key = readPublicKey(pem);
  const text = await readText(context, given.provenance, 'provenance');
  const line = text.split('\n').find((one) => one.trim() !== '') ?? '';
  const statement = readStatement(openEnvelope(line, key));
  const keyId = keyIdOf(key);
  const report = provenanceReport(statement, keyId);
  const reports = [{ type: 'provenance' as const, report }];
  const named = new Map(report.subjects.map(({ name, sha256 }) => [name, sha256]));
  const problems: string[] = [];
  for (const file of counted(context, files, (one) => one)) {
    const { sha256 } = await sha256OfFile(path.join(context.cwd, file), context.signal);
    const expected = named.get(file);
    if (
      expected === sha256 ||
      (expected === undefined && report.subjects.some((one) => one.sha256 === sha256))
    )
      continue;
    problems.push(
      expected === undefined ? `${file} is not named in it` : `${file} has other content than it says`,
    );
  }
  const { source } = given;
  if (source !== '' && !report.materials.some(({ uri }) => uri === source)) {
    problems.push(
      `it was not made from ${source}, but from ${report.materials.map(({ uri }) => uri).join(', ') || 'nothing that it names'}`,
    );
  }
  if (problems.length > 0)
    return { outcome: failed(`The provenance does not fit: ${problems.join('; ')}.`), reports };
  await context.say(
    `${files.length} ${files.length === 1 ? 'file fits' : 'files fit'} the provenance, signed with the key ${keyId.slice(0, 16)}…`,
  );
  return { outcome: SUCCEEDED, reports, outputs: { 'key-id': keyId } };
}

async function readText(context: KindContext, file: string, setting: string): Promise<string> {
  const { here, relative } = await workspacePath(context, file, setting);
  return readFile(here, 'utf8').catch((error: unknown) => {
    throw new AppError('usage', `\`${setting}\`: ${relative} cannot be read.`, { cause: error });
  });
}

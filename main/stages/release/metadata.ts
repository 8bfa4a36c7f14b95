import { createPublicKey } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { KindContext, KindResult } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { NormalForm } from '#shared/reports/normal-form.ts';
import { SUCCEEDED } from '#shared/run/outcome.ts';
import { defineKind } from '../kind.ts';
import { sha256OfFile } from '../publish/files/sha256-of-file.ts';
import { NPM } from '../publish/npm/npm-tool.ts';
import type { KindServices } from '../services.ts';
import { artifactOf } from '../tools/artifact-of.ts';
import { matchingFiles } from '../tools/matching-files.ts';
import { globsSetting, listOf } from '../tools/setting-shapes.ts';
import { nothingChecked } from '../tools/verdict.ts';
import { workspacePath } from '../tools/workspace-path.ts';
import { keyIdOf, openEnvelope, readPrivateKey, signEnvelope } from './provenance/envelope.ts';
import { ownSigningKey } from './provenance/own-key.ts';
import { provenanceReport, provenanceStatement, readStatement } from './provenance/statement.ts';
import { CYCLONEDX_NPM, makeSbom } from './sbom/make-sbom.ts';

const fileSetting = z.string().min(1);

const settings = z.strictObject({
  subjects: globsSetting
    .describe('Globs of the files that were made, relative to the folder of the stage')
    .meta({ title: 'Made files', 'x-control': 'globs', examples: ['dist/*.tgz'] }),
  sbom: z
    .enum(['auto', 'npm', 'cyclonedx-npm', 'lock-files', 'none'])
    .default('auto')
    .describe(
      'What makes the bill of materials; `auto`: npm where there is a package-lock.json, else from other lock files',
    )
    .meta({ title: 'Bill of materials' }),
  'sbom-file': fileSetting
    .default('sbom.cdx.json')
    .describe('Where the bill is written')
    .meta({ title: 'File of the bill' }),
  'provenance-file': fileSetting
    .default('provenance.intoto.jsonl')
    .describe('Where the signed provenance is written; the public key goes beside it, as `.pub.pem`')
    .meta({ title: 'File of the provenance' }),
  'signing-key': z
    .string()
    .default('')
    .describe(
      'An Ed25519 key in PEM, as a secret; empty: the key of this data folder, which is made with its first use',
    )
    .meta({ title: 'Signing key', 'x-control': 'secret', examples: ['${{ secrets.SIGNING_KEY }}'] }),
  source: z
    .string()
    .default('')
    .describe('Where the source comes from; empty: the project, by its id on this machine')
    .meta({ title: 'Source', examples: ['git+https://git.example/team/shop'] }),
  builder: z
    .string()
    .min(1)
    .default('urn:pipewright:builder:local')
    .describe('Who built it, as a URI that those who verify know')
    .meta({ title: 'Builder' }),
});
type Settings = z.output<typeof settings>;

/** What a release is made of and where it comes from. */
export const releaseMetadata = defineKind({
  id: 'release.metadata',
  title: 'Bill and provenance',
  summary:
    'Writes a bill of materials (CycloneDX) and a signed provenance (SLSA) of the files that were made',
  docs: [
    'Makes a **bill of materials** in CycloneDX: with `npm sbom`, with `cyclonedx-npm`, or from Cargo.lock, poetry.lock, uv.lock,',
    'pinned lines of requirements.txt and go.mod. Those name packages and versions, but neither licences nor who needs whom.',
    '',
    'Then a **provenance**: an in-toto statement v1 with SLSA provenance v1 that names each file by its SHA-256, the commit,',
    'the pipeline and the run, signed with Ed25519 in a DSSE envelope. It is read back and its signature checked. The public',
    'key is written beside it; `release.verify` checks files against both. Provenance of a laptop says who signed, not more:',
    'whoever has the key can sign anything.',
    '',
    'Leaves both as reports and in the artifact `metadata`. Could not judge when no file matches, or no lock file is there',
    '(unless `sbom: none`).',
  ].join('\n'),
  settings,
  example: { subjects: 'dist/*.tgz' },
  outputs: {
    sbom: 'The file of the bill; empty with `sbom: none`',
    provenance: 'The file of the provenance',
    'key-id': 'SHA-256 of the public key',
  },
  reports: ['sbom', 'provenance'],
  tools: [NPM, CYCLONEDX_NPM],
  worksOnFiles: true,
  run: describe,
});

async function describe(given: Settings, context: KindContext, services: KindServices): Promise<KindResult> {
  const files = await matchingFiles(context, listOf(given.subjects), 'subjects');
  if (files.length === 0)
    nothingChecked(
      'no file matches `subjects`',
      'Look at `subjects`; they are relative to the folder of the stage.',
    );
  const provenanceFile = await workspacePath(context, given['provenance-file'], 'provenance-file');
  const bill = given.sbom === 'none' ? null : await writeBill(given, given.sbom, context);
  const subjects = await Promise.all(
    files.map(async (name) => ({
      name,
      sha256: (await sha256OfFile(path.join(context.cwd, name), context.signal)).sha256,
    })),
  );
  const key =
    given['signing-key'] === ''
      ? await ownSigningKey(services.dataDir)
      : readPrivateKey(given['signing-key']);
  const statement = provenanceStatement(context, {
    subjects,
    // Not its folder: what is signed goes to others.
    source: given.source === '' ? `urn:pipewright:project:${context.run.project}` : given.source,
    builder: given.builder,
    finishedAt: new Date(services.now()).toISOString(),
  });
  const line = JSON.stringify(signEnvelope(statement, key));
  await writeFile(provenanceFile.here, `${line}\n`);
  const publicKey = createPublicKey(key);
  const keyFile = `${given['provenance-file']}.pub.pem`;
  await writeFile(`${provenanceFile.here}.pub.pem`, publicKey.export({ type: 'spki', format: 'pem' }));
  const keyId = keyIdOf(publicKey);
  const report = provenanceReport(readStatement(openEnvelope(line, publicKey)), keyId);
  await context.say(
    `signed the provenance of ${files.length} ${files.length === 1 ? 'file' : 'files'} with the key ${keyId.slice(0, 16)}…`,
  );
  const written = [given['provenance-file'], keyFile, ...(bill === null ? [] : [given['sbom-file']])];
  return {
    outcome: SUCCEEDED,
    reports: [...(bill === null ? [] : [bill]), { type: 'provenance', report }],
    outputs: {
      sbom: bill === null ? '' : given['sbom-file'],
      provenance: given['provenance-file'],
      'key-id': keyId,
    },
    artifacts: [artifactOf(context, 'metadata', written)],
  };
}

/** @throws AppError `kind-failed` when it is not as CycloneDX wants it */
async function writeBill(
  given: Settings,
  source: Exclude<Settings['sbom'], 'none'>,
  context: KindContext,
): Promise<NormalForm> {
  const target = await workspacePath(context, given['sbom-file'], 'sbom-file');
  const made = await makeSbom(context, source);
  if (made === null) {
    throw new AppError('kind-failed', 'No lock file is there to make a bill of materials from.', {
      hint: 'Commit the lock file, or set `sbom: none`.',
    });
  }
  const { form, issues } = await context.parseReport(Buffer.from(made.text), 'cyclonedx', given['sbom-file']);
  if (form === null) {
    throw new AppError('kind-failed', issues[0]?.message ?? 'The bill of materials cannot be read.');
  }
  await writeFile(target.here, made.text);
  await context.say(`made a bill of materials from ${made.from}`);
  return form;
}

import { expect, test } from 'vitest';
import { parseReport } from './parse-report.ts';

const STATEMENT = {
  _type: 'https://in-toto.io/Statement/v1',
  subject: [{ name: 'shop.tgz', digest: { sha256: 'ab' } }],
  predicateType: 'https://slsa.dev/provenance/v1',
  predicate: {
    buildDefinition: {
      resolvedDependencies: [{ uri: 'git+https://example.org/shop', digest: { gitCommit: 'cd' } }],
    },
    runDetails: {
      builder: { id: 'https://example.org/builder' },
      metadata: { startedOn: '2026-01-02T03:04:05Z', finishedOn: '2026-01-02T03:05:05Z' },
    },
  },
};
const envelope = (keyid?: string) => ({
  payloadType: 'application/vnd.in-toto+json',
  payload: Buffer.from(JSON.stringify(STATEMENT)).toString('base64'),
  signatures: [{ sig: 'AA==', ...(keyid !== undefined && { keyid }) }],
});
const read = (text: string) =>
  parseReport(
    Buffer.from(text),
    'in-toto',
    'a.intoto.jsonl',
    { workspace: '/work' },
    new AbortController().signal,
  );

test.each([
  ['a bare statement', JSON.stringify(STATEMENT), null],
  ['an envelope', JSON.stringify(envelope('key-1'), null, 2), 'key-1'],
  ['an envelope that does not name its key', JSON.stringify(envelope()), 'unnamed'],
  ['a bundle of Sigstore', JSON.stringify({ dsseEnvelope: envelope('key-1') }), 'key-1'],
  [
    'the first line of several',
    `${JSON.stringify(envelope('key-1'))}\n${JSON.stringify(envelope('key-2'))}\n`,
    'key-1',
  ],
])('%s tells what was made, of what and by whom, and is not verified', async (_, text, keyId) => {
  const { form, issues } = await read(text);
  expect(issues).toEqual([]);
  expect(form).toEqual({
    type: 'provenance',
    report: {
      predicateType: 'https://slsa.dev/provenance/v1',
      subjects: [{ name: 'shop.tgz', sha256: 'ab' }],
      materials: [{ uri: 'git+https://example.org/shop', digest: 'gitCommit:cd' }],
      builder: 'https://example.org/builder',
      startedAt: '2026-01-02T03:04:05Z',
      finishedAt: '2026-01-02T03:05:05Z',
      keyId,
      verified: false,
    },
  });
});

test.each(['{}', '{"_type":"https://example.org"}', '{"payload":"!!!"}', '[]'])(
  '%s is no statement',
  async (text) => {
    const { form, issues } = await read(text);
    expect(form).toBeNull();
    expect(issues.map(({ code }) => code)).toEqual(['report-not-in-toto']);
  },
);

import type { Issue } from '#shared/lib/issue.ts';
import type { Provenance } from '#shared/reports/provenance.ts';
import type { Breather } from './breather.ts';
import { isRecord, own, recordOf, recordsOf, textOf, type JsonRecord } from './json/json-values.ts';
import { readJson } from './json/read-json.ts';
import { reportIssue } from './report-issue.ts';
import { decodeText } from './text/decode-bytes.ts';

const MAX_LISTED = 10_000;
const MAX_WORDS = 2_000;
/** A signature whose envelope does not name the key. */
const UNNAMED_KEY = 'unnamed';

/**
 * Reads an in-toto statement: bare, in a DSSE envelope, in a Sigstore bundle, or the first of several in a `.jsonl` file.
 * Signatures are not checked here: `verified` is false. Rejects with the signal's reason only.
 */
export async function parseProvenance(
  bytes: Uint8Array,
  name: string,
  breather: Breather,
): Promise<{ readonly report: Provenance | null; readonly issues: readonly Issue[] }> {
  const refuse = (issue: Issue): { report: null; issues: readonly Issue[] } => ({
    report: null,
    issues: [issue],
  });
  const not = (message: string): { report: null; issues: readonly Issue[] } =>
    refuse(
      reportIssue(name, 'report-not-in-toto', message, {
        hint: 'in-toto statements are read, bare or in a DSSE envelope',
      }),
    );
  const json = await readJson(firstDocument(bytes), name, breather);
  if ('issue' in json) return refuse(json.issue);
  const outer = recordOf(json.value);
  const bundled = own(outer, 'dsseEnvelope');
  const envelope = isRecord(bundled) ? bundled : outer;
  const payload = textOf(own(envelope, 'payload'));
  let statement: JsonRecord = outer;
  let keyId: string | null = null;
  if (payload !== null) {
    const inner = await readJson(Buffer.from(payload, 'base64'), name, breather);
    if ('issue' in inner) return not('The payload of the envelope is no JSON.');
    statement = recordOf(inner.value);
    const [signature] = recordsOf(own(envelope, 'signatures'));
    keyId =
      signature === undefined ? null : (textOf(own(signature, 'keyid')) ?? UNNAMED_KEY).slice(0, MAX_WORDS);
  }
  const type = textOf(own(statement, '_type'));
  if (type === null || !/^https:\/\/in-toto\.io\/Statement\/v\d/.test(type)) {
    return not('This is no in-toto statement: `_type` does not say so.');
  }
  return { report: { ...tell(statement), keyId, verified: false }, issues: [] };
}

/** The whole, or its first line when each line is a document of its own. */
function firstDocument(bytes: Uint8Array): Uint8Array {
  const text = decodeText(bytes.subarray(0, 1 << 20)).trimStart();
  const [first = '', second = ''] = text.split('\n', 2);
  const isLines = first.trimEnd().endsWith('}') && second.trimStart().startsWith('{');
  return isLines ? Buffer.from(first) : bytes;
}

function tell(statement: JsonRecord): Omit<Provenance, 'keyId' | 'verified'> {
  const predicate = recordOf(own(statement, 'predicate'));
  const definition = recordOf(own(predicate, 'buildDefinition'));
  const details = recordOf(own(predicate, 'runDetails'));
  const builder = recordOf(own(details, 'builder') ?? own(predicate, 'builder'));
  const about = recordOf(own(details, 'metadata') ?? own(predicate, 'metadata'));
  const words = (value: unknown): string | null => textOf(value)?.slice(0, MAX_WORDS) ?? null;
  return {
    predicateType: words(own(statement, 'predicateType')) ?? '',
    subjects: recordsOf(own(statement, 'subject'))
      .slice(0, MAX_LISTED)
      .map((subject) => ({
        name: words(own(subject, 'name')) ?? '(no name)',
        sha256: words(own(recordOf(own(subject, 'digest')), 'sha256')) ?? '',
      })),
    materials: recordsOf(own(definition, 'resolvedDependencies') ?? own(predicate, 'materials'))
      .slice(0, MAX_LISTED)
      .map((material) => {
        const [digest] = Object.entries(recordOf(own(material, 'digest')));
        const value = digest === undefined ? null : words(digest[1]);
        return {
          uri: words(own(material, 'uri')) ?? words(own(material, 'name')) ?? '',
          digest: value === null ? null : `${digest![0].slice(0, 50)}:${value}`,
        };
      }),
    builder: words(own(builder, 'id')),
    startedAt: words(own(about, 'startedOn') ?? own(about, 'buildStartedOn')),
    finishedAt: words(own(about, 'finishedOn') ?? own(about, 'buildFinishedOn')),
  };
}

import type { Channel, PublishedVersion } from '#main/engine/repository-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';

const FIELDS = ['name', 'version', 'channel', 'label', 'commit', 'run', 'digest', 'by', 'has'] as const;
type Field = (typeof FIELDS)[number];

export interface RepositoryTerm {
  /** Null: anywhere. */
  readonly field: Field | null;
  readonly text: string;
}

/**
 * Reads a search: words that must all match. `name:shop*` looks in one field (`*` stands for anything), `label:team=web` for
 * a label, `has:sbom` and `has:provenance` for what is kept with it; a bare word looks in name, version and labels.
 * @throws AppError `usage` for a field that there is not
 */
export function parseRepositoryQuery(query: string): readonly RepositoryTerm[] {
  return query
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => {
      const [, field, text = ''] = /^([a-z][a-z0-9]*):(.*)$/s.exec(word) ?? [];
      // A digest is written with its algorithm wherever one sees it.
      if (field === 'sha256') return { field: 'digest', text };
      if (field === undefined) return { field: null, text: word };
      if (!isField(field)) {
        throw new AppError('usage', `There is no field ${field} to search in.`, {
          hint: `Use one of ${FIELDS.join(', ')}.`,
        });
      }
      return { field, text };
    });
}

const isField = (text: string): text is Field => FIELDS.some((field) => field === text);

/** Whether a version matches all terms. @param channels those of its package */
export function matchesQuery(
  version: PublishedVersion,
  channels: readonly Channel[],
  terms: readonly RepositoryTerm[],
): boolean {
  return terms.every(({ field, text }) =>
    valuesOf(version, channels, field).some((value) => fits(value, text, field)),
  );
}

function valuesOf(
  version: PublishedVersion,
  channels: readonly Channel[],
  field: Field | null,
): readonly string[] {
  const { name, origin, labels } = version;
  const labelTexts = Object.entries(labels).flatMap(([key, value]) => [key, `${key}=${value}`]);
  switch (field) {
    case null:
      return [name, version.version, ...labelTexts];
    case 'name':
      return [name];
    case 'version':
      return [version.version];
    case 'channel':
      return channels
        .filter((one) => one.name === name && one.version === version.version)
        .map((one) => one.channel);
    case 'label':
      return labelTexts;
    case 'commit':
      return origin?.commit ? [origin.commit] : [];
    case 'run':
      return origin === null ? [] : [origin.runId];
    case 'digest':
      return [version.sha256, ...[version.sbom, version.provenance].filter((one) => one !== null)];
    case 'by':
      return [version.publishedBy];
    case 'has':
      return [
        ...(version.sbom === null ? [] : ['sbom']),
        ...(version.provenance === null ? [] : ['provenance']),
      ];
  }
}

/** Bare words match anywhere in a text, ids from their start, the rest as a whole; case does not count. */
function fits(value: string, text: string, field: Field | null): boolean {
  const [lower, wanted] = [value.toLowerCase(), text.toLowerCase().replace(/^sha256:/, '')];
  if (wanted.includes('*')) return matchesStars(lower, wanted.split('*'));
  if (field === null) return lower.includes(wanted);
  if (field === 'commit' || field === 'run' || field === 'digest')
    return wanted !== '' && lower.startsWith(wanted);
  return lower === wanted;
}

/** Without a regular expression, so that no text from outside takes long. */
function matchesStars(value: string, parts: readonly string[]): boolean {
  const first = parts[0] ?? '';
  const last = parts.at(-1) ?? '';
  if (value.length < first.length + last.length || !value.startsWith(first) || !value.endsWith(last))
    return false;
  const end = value.length - last.length;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = value.indexOf(part, at);
    if (found === -1 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}

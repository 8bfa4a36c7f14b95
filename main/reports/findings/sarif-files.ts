import { indexOf, listOf, own, recordOf, textOf, type JsonRecord } from '../json/json-values.ts';
import type { SourcePaths } from '../source-paths.ts';

/** Bases may be relative to bases; a report in which they go round in circles is not followed. */
const MAX_BASES = 20;

/** The files that the results of a run are about, as paths to show. */
export interface SarifFiles {
  /** Null where a location names no file. */
  of(artifactLocation: JsonRecord): string | null;
}

export function createSarifFiles(run: JsonRecord, paths: SourcePaths): SarifFiles {
  const artifacts = listOf(own(run, 'artifacts'));
  const bases = recordOf(own(run, 'originalUriBaseIds'));

  /** The folder that a base stands for; null when the report does not say: then it is the folder that was looked at. */
  function folderOf(id: string | null, left: number): string | null {
    if (id === null || left === 0) return null;
    const base = recordOf(own(bases, id));
    const uri = textOf(own(base, 'uri'));
    if (uri === null) return null;
    return isAbsolute(uri) ? uri : join(folderOf(textOf(own(base, 'uriBaseId')), left - 1), uri);
  }

  return {
    of(location) {
      const index = indexOf(own(location, 'index'));
      const listed = index === null ? {} : recordOf(own(recordOf(artifacts[index]), 'location'));
      const source = textOf(own(location, 'uri')) === null ? listed : location;
      const uri = textOf(own(source, 'uri'));
      if (uri === null) return null;
      const folder = isAbsolute(uri) ? null : folderOf(textOf(own(source, 'uriBaseId')), MAX_BASES);
      const whole = join(folder, uri);
      return paths.of(/^file:/i.test(whole) ? whole : unescape(whole));
    },
  };
}

const isAbsolute = (uri: string): boolean => uri.startsWith('/') || /^[A-Za-z][A-Za-z0-9+.-]*:/.test(uri);

const join = (folder: string | null, uri: string): string =>
  folder === null ? uri : `${folder.replace(/\/+$/, '')}/${uri}`;

/** `%20` as it was meant; a `%` that is no escape stays. */
function unescape(uri: string): string {
  if (!uri.includes('%')) return uri;
  try {
    return decodeURIComponent(uri);
  } catch (error) {
    if (error instanceof URIError) return uri;
    throw error;
  }
}

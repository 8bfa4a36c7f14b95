import { decodeSource } from './decode-source.ts';
import { describeValue, quote } from './describe-value.ts';
import { IssueList } from './issue-list.ts';
import { MAX_INCLUDED_FILES } from './limits.ts';
import { itemPath, listOf, mappingOf } from './raw-stages.ts';
import { readValue } from './read-value.ts';
import { readYaml } from './read-yaml.ts';
import type { YamlFile } from './read-yaml.ts';
import type { Place, SourceMap } from './source-map.ts';
import { createSuggest } from './suggest.ts';

/** Gives the content of a file that another one names; null for one that does not exist or may not be read. */
export type ReadInclude = (path: string) => string | Uint8Array | null;

/** A file as it was read, before anything is known about its keys. */
export interface RawFile {
  /** Null when it is no mapping, about which there is an issue. */
  readonly root: Record<string, unknown> | null;
  /** Null when it is no YAML. */
  readonly source: SourceMap | null;
}

/** What an included file brings. */
const SECTIONS = ['templates', 'pipelines', 'inputs', 'env', 'vars', 'state', 'stages'] as const;

const isMapping = (value: unknown): value is Record<string, unknown> => mappingOf(value) === value;

/**
 * Reads a file without what it includes. Never throws.
 * @param yaml of this very content, where it was read already
 */
export function readRawFile(content: string | Uint8Array, issues: IssueList, yaml?: YamlFile): RawFile {
  const decoded = decodeSource(content);
  if (!decoded.ok) {
    issues.add(decoded.code, decoded.place, decoded.message, decoded.hint);
    return { root: null, source: null };
  }
  const file = yaml ?? readYaml(decoded.text);
  const { value, source, problems } = readValue(decoded.text, file);
  for (const problem of [...file.problems, ...problems]) {
    issues.add(problem.code, source.at(problem.start), problem.message, problem.hint);
  }
  if (file.problems.length > 0) return { root: null, source: null };
  if (isMapping(value)) return { root: value, source };
  if (problems.length === 0) addRootIssue(value, decoded.text, source, issues);
  return { root: null, source };
}

function addRootIssue(value: unknown, text: string, source: SourceMap, issues: IssueList): void {
  const example = 'a pipeline starts with `stages:`';
  if (value === null) {
    const what = text.trim() === '' ? 'The file is empty' : 'The file holds nothing but comments';
    issues.add('empty-file', source.at(0), what, example);
  } else {
    const message = `The file must be a mapping, but is ${describeValue(value)}`;
    issues.add('not-a-mapping', source.value([]), message, example);
  }
}

/** `../ci/x.yml`, seen from `.pipewright/a.yml`, is `ci/x.yml`; always with forward slashes. */
export function resolveIncluded(from: string, path: string): string {
  const parts = from.split(/[/\\]/).slice(0, -1);
  for (const part of path.split(/[/\\]/)) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

/** Takes the parts of included files into the file that names them, whose own parts win. */
export class Includer {
  readonly #read: ReadInclude | null;
  readonly #issues: IssueList;
  readonly #suggest = createSuggest();
  #count = 0;

  constructor(read: ReadInclude | null, issues: IssueList) {
    this.#read = read;
    this.#issues = issues;
  }

  /**
   * @param root changed in place
   * @param chain the files that led here, this one last
   */
  include(root: Record<string, unknown>, source: SourceMap, chain: readonly string[]): void {
    const { include } = root;
    for (const [index, name] of listOf(include).entries()) {
      // What is no path is the schema's to say.
      if (typeof name !== 'string' || name === '' || /^([/\\]|[A-Za-z]:)/.test(name)) continue;
      const place = this.#foreign(source.value(itemPath(['include'], include, index)), chain);
      const path = resolveIncluded(chain.at(-1)!, name);
      const included = this.#open(path, name, place, chain);
      if (included === null) continue;
      source.include(included.source, path);
      for (const section of SECTIONS) this.#take(root, included.root, section, source);
    }
  }

  #open(
    path: string,
    name: string,
    place: Place,
    chain: readonly string[],
  ): { readonly root: Record<string, unknown>; readonly source: SourceMap } | null {
    if (chain.includes(path)) {
      const circle = [...chain.slice(chain.indexOf(path)), path].join(' -> ');
      this.#issues.add('include-cycle', place, `Files include each other in a circle: ${circle}`);
      return null;
    }
    this.#count += 1;
    if (this.#count > MAX_INCLUDED_FILES) {
      this.#issues.add('too-many-files', place, `More than ${MAX_INCLUDED_FILES} files are included`);
      return null;
    }
    const content = this.#read?.(path) ?? null;
    if (content === null) {
      const message = `The file ${quote(name)} cannot be included: there is no file ${quote(path)} in the project`;
      this.#issues.add('include-not-found', place, message, 'paths are relative to the file that includes');
      return null;
    }
    const issues = new IssueList(path);
    const { root, source } = readRawFile(content, issues);
    if (root !== null && source !== null) this.#checkSections(root, source, issues);
    this.#issues.addAll(issues.sorted());
    if (root === null || source === null) return null;
    this.include(root, source, [...chain, path]);
    return { root, source };
  }

  #checkSections(root: Record<string, unknown>, source: SourceMap, issues: IssueList): void {
    const known: readonly string[] = [...SECTIONS, 'include', 'name'];
    for (const key of Object.keys(root)) {
      if (known.includes(key)) continue;
      const close = issues.full ? null : this.#suggest(key, known);
      const hint =
        close === null ? `an included file brings ${SECTIONS.join(', ')}` : `did you mean \`${close}\`?`;
      issues.add('not-included', source.key([key]), `${quote(key)} has no effect in an included file`, hint);
    }
  }

  #take(
    root: Record<string, unknown>,
    included: Record<string, unknown>,
    section: (typeof SECTIONS)[number],
    source: SourceMap,
  ): void {
    const theirs = included[section];
    if (theirs === undefined || theirs === null) return;
    const own = root[section];
    if (!isMapping(own) || !isMapping(theirs)) {
      root[section] = own ?? theirs;
      return;
    }
    // A part is taken as a whole: half a stage of one file and half of another would be hard to read.
    const merged = { ...theirs, ...own };
    source.merge(merged, own, theirs, false);
    root[section] = merged;
  }

  #foreign(place: Place, chain: readonly string[]): Place {
    return chain.length === 1 ? place : { ...place, file: chain.at(-1)! };
  }
}

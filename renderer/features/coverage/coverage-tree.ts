import { coverageRatio, type CoverageRatio } from '#shared/reports/coverage.ts';

export interface CoveredFile {
  /** With forward slashes. */
  readonly path: string;
  readonly lines: CoverageRatio;
  readonly branches: CoverageRatio;
  readonly functions: CoverageRatio;
  readonly hasLines: boolean;
}

/** A folder with the sums of what is below it, or a file. */
export interface CoverageNode {
  /** A file's path; a folder's with a slash behind it. The root's is empty. */
  readonly key: string;
  /** Of a folder that holds nothing but one other, both: `src/main`. */
  readonly name: string;
  readonly lines: CoverageRatio;
  readonly branches: CoverageRatio;
  readonly functions: CoverageRatio;
  readonly file: CoveredFile | null;
  readonly children: readonly CoverageNode[];
  /** Files below it; 1 for a file. */
  readonly fileCount: number;
}

interface Folder {
  readonly key: string;
  readonly name: string;
  readonly folders: Map<string, Folder>;
  readonly files: CoveredFile[];
}

/** The files as a tree under one root. */
export function coverageTree(files: readonly CoveredFile[]): CoverageNode {
  const root: Folder = { key: '', name: '', folders: new Map(), files: [] };
  for (const file of files) {
    const parts = file.path.split('/');
    let folder = root;
    for (const name of parts.slice(0, -1)) {
      let next = folder.folders.get(name);
      if (next === undefined) {
        next = { key: `${folder.key}${name}/`, name, folders: new Map(), files: [] };
        folder.folders.set(name, next);
      }
      folder = next;
    }
    folder.files.push(file);
  }
  return nodeOf(root);
}

function nodeOf(folder: Folder): CoverageNode {
  const folders = [...folder.folders.values()].map(nodeOf);
  const [only] = folders;
  if (folder.key !== '' && folders.length === 1 && folder.files.length === 0 && only !== undefined)
    return { ...only, name: `${folder.name}/${only.name}` };
  const children = [...folders, ...folder.files.map(fileNode)];
  const sum = (measure: 'lines' | 'branches' | 'functions'): CoverageRatio => {
    let covered = 0;
    let total = 0;
    for (const child of children) {
      covered += child[measure].covered;
      total += child[measure].total;
    }
    return coverageRatio(covered, total);
  };
  return {
    key: folder.key,
    name: folder.name,
    lines: sum('lines'),
    branches: sum('branches'),
    functions: sum('functions'),
    file: null,
    children,
    fileCount: children.reduce((count, child) => count + child.fileCount, 0),
  };
}

export function fileNode(file: CoveredFile): CoverageNode {
  const { path, lines, branches, functions } = file;
  const name = path.slice(path.lastIndexOf('/') + 1);
  return { key: path, name, lines, branches, functions, file, children: [], fileCount: 1 };
}

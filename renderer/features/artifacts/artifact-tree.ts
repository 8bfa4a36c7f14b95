import type { TreeNode } from '#renderer/ui/tree-model.ts';
import type { Artifact, ArtifactFile } from '#shared/api/schemas.ts';
import { formatSize } from '#shared/lib/sizes.ts';

/** What stands behind a node of the tree: an artifact, or a file of one. Folders stand for nothing. */
export interface ArtifactEntry {
  readonly artifact: Artifact;
  readonly file: ArtifactFile | null;
}

export interface ArtifactTree {
  readonly nodes: readonly TreeNode[];
  readonly entries: ReadonlyMap<string, ArtifactEntry>;
}

export const entryId = (name: string, path: string | null): string => JSON.stringify([name, path]);

interface Folder {
  readonly folders: Map<string, Folder>;
  readonly files: ArtifactFile[];
}

const emptyFolder = (): Folder => ({ folders: new Map(), files: [] });
const byName = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });

/** Artifacts with their folders and files; folders first, each level by name. A folder with one folder alone is one line. */
export function artifactTree(artifacts: readonly Artifact[]): ArtifactTree {
  const entries = new Map<string, ArtifactEntry>();
  const nodes = artifacts.map((artifact): TreeNode => {
    const root = emptyFolder();
    for (const file of artifact.files) {
      const folders = file.path.split('/');
      folders.pop();
      let folder = root;
      for (const name of folders) {
        const next = folder.folders.get(name) ?? emptyFolder();
        folder.folders.set(name, next);
        folder = next;
      }
      folder.files.push(file);
    }
    const id = entryId(artifact.name, null);
    entries.set(id, { artifact, file: null });
    if (artifact.expired) return { id, label: artifact.name, trailing: 'expired' };
    const children = folderNodes(artifact, root, '', entries);
    return { id, label: artifact.name, trailing: formatSize(artifact.sizeBytes), children };
  });
  return { nodes, entries };
}

function folderNodes(
  artifact: Artifact,
  folder: Folder,
  parent: string,
  entries: Map<string, ArtifactEntry>,
): TreeNode[] {
  const folders = [...folder.folders]
    .sort(([a], [b]) => byName(a, b))
    .map(([first, inner]): TreeNode => {
      let label = first;
      let at = inner;
      while (at.files.length === 0 && at.folders.size === 1) {
        const [name, only] = [...at.folders][0]!;
        label = `${label}/${name}`;
        at = only;
      }
      const path = `${parent}${label}/`;
      return { id: entryId(artifact.name, path), label, children: folderNodes(artifact, at, path, entries) };
    });
  const files = folder.files
    .toSorted((a, b) => byName(a.path, b.path))
    .map((file): TreeNode => {
      const id = entryId(artifact.name, file.path);
      entries.set(id, { artifact, file });
      return {
        id,
        label: file.path.slice(file.path.lastIndexOf('/') + 1),
        trailing: formatSize(file.sizeBytes),
      };
    });
  return [...folders, ...files];
}

import type { DocumentState } from '../../document/document-store.ts';

/** What a document's text is compared with. */
export type Against = 'saved' | 'head' | 'disk';

/** A text to compare with, or why there is none. */
export type OtherText =
  | { readonly type: 'text'; readonly text: string; readonly label: string }
  | { readonly type: 'none'; readonly title: string; readonly words: string };

export function otherText(
  { saved, disk, head, git }: Pick<DocumentState, 'saved' | 'disk' | 'head' | 'git'>,
  against: Against,
): OtherText {
  switch (against) {
    case 'saved':
      return { type: 'text', text: saved, label: 'As saved' };
    case 'disk':
      if (disk.type === 'removed')
        return {
          type: 'none',
          title: 'The file is gone from the disk',
          words: 'Save to write it again with what is here.',
        };
      return { type: 'text', text: disk.type === 'changed' ? disk.text : saved, label: 'On disk' };
    case 'head':
      if (head === null || git === null)
        return {
          type: 'none',
          title: 'There is no commit to compare with',
          words: 'The project is in no Git repository. Put it into one with git init.',
        };
      return {
        type: 'text',
        text: head,
        label: git.branch === null ? 'Last commit' : `Last commit of ${git.branch}`,
      };
  }
}

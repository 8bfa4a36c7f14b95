import { useMemo } from 'react';
import { Facts } from '#renderer/ui/facts.tsx';
import { Section } from '#renderer/ui/section.tsx';
import { coverageRows } from '../coverage-rows.ts';
import { SidePanel, SidePanelBody, SidePanelHead } from '#renderer/ui/side-panel.tsx';
import type { CoverageNode } from '../coverage-tree.ts';
import { RatioBar } from './ratio-bar.tsx';
import styles from './coverage.module.css';

const MOST_FILES = 12;

/** What a folder comes to, and where in it most is left to do. */
export function FolderPanel({
  node,
  onChoose,
}: {
  readonly node: CoverageNode;
  readonly onChoose: (path: string) => void;
}) {
  const worst = useMemo(() => {
    const wishes = { layout: 'files', sort: 'missed', direction: 'descending', text: '' } as const;
    const rows = coverageRows(node, { ...wishes, isOpen: () => true });
    return rows.filter((row) => row.node.lines.total > row.node.lines.covered).slice(0, MOST_FILES);
  }, [node]);
  return (
    <SidePanel label="Folder">
      <SidePanelHead title={node.key === '' ? 'All files' : node.key} />
      <SidePanelBody>
        <Facts
          items={[
            { label: 'Files', value: node.fileCount.toLocaleString('en') },
            { label: 'Lines', value: <RatioBar ratio={node.lines} /> },
            {
              label: 'Branches',
              value: node.branches.total > 0 ? <RatioBar ratio={node.branches} /> : null,
            },
            {
              label: 'Functions',
              value: node.functions.total > 0 ? <RatioBar ratio={node.functions} /> : null,
            },
          ]}
        />
        <Section title="Most lines missed">
          {worst.length === 0 ? (
            <p className={styles['of']}>Every line that can run was reached.</p>
          ) : (
            <ul className={styles['worst']}>
              {worst.map(({ node: { key, lines } }) => (
                <li key={key}>
                  <button type="button" className={styles['patchFile']} onClick={() => onChoose(key)}>
                    <span className={styles['words']} title={key}>
                      {key.slice(node.key.length)}
                    </span>
                    <span className={styles['of']}>{lines.total - lines.covered} missed</span>
                    <RatioBar ratio={lines} />
                  </button>
                </li>
              ))}
            </ul>
          )}
        </Section>
      </SidePanelBody>
    </SidePanel>
  );
}

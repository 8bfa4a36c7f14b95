import { FileCode, RotateCw } from 'lucide-react';
import { Button } from '#renderer/ui/button.tsx';
import { CodeBlock, CodeText } from '#renderer/ui/code-text.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import styles from './projects.module.css';

const EXAMPLE = `name: My pipeline
stages:
  install:
    run: npm ci
  test:
    needs: [install]
    run: npm test
`;

/** In a folder that has no pipeline file: says what to create, ready to copy. */
export function NoPipeline({ onLookAgain }: { readonly onLookAgain: () => void }) {
  return (
    <EmptyState
      icon={<FileCode size={20} />}
      title="This folder has no pipeline yet"
      actions={
        <Button icon={<RotateCw size={14} />} onClick={onLookAgain}>
          Look again
        </Button>
      }
    >
      Create <CodeText>pipewright.yml</CodeText> in it. This is a whole one:
      <div className={styles['example']}>
        <CodeBlock>{EXAMPLE}</CodeBlock>
      </div>
    </EmptyState>
  );
}

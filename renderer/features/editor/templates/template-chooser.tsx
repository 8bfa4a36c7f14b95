import type { ReactNode } from 'react';
import { Button } from '#renderer/ui/button.tsx';
import { FailureState } from '#renderer/ui/failure-state.tsx';
import { Kbd } from '#renderer/ui/kbd.tsx';
import { SkeletonRows } from '#renderer/ui/skeleton.tsx';
import { TextField } from '#renderer/ui/text-field.tsx';
import type { ProjectId } from '#shared/lib/ids.ts';
import { useTemplateChoice, type TemplateChoice } from './use-template-choice.ts';
import { TemplateList } from './template-list.tsx';
import { TemplatePreview } from './template-preview.tsx';
import styles from './templates.module.css';

export interface TemplateChooserProps {
  readonly projectId: ProjectId;
  /** The file is there, and the editor opens. */
  readonly onCreated: () => void;
  /** Buttons before the one that creates. */
  readonly actions?: ReactNode;
}

/** Templates with what they would write, and the name of the file to write. Fills its parent. */
export function TemplateChooser({ projectId, onCreated, actions }: TemplateChooserProps) {
  const choice = useTemplateChoice(projectId, onCreated);
  const { offers, chosen } = choice;
  if (offers.status === 'failed') return <FailureState failure={offers.failure} onRetry={offers.reload} />;
  return (
    <div className={styles['chooser']}>
      <div className={styles['columns']}>
        {offers.status === 'loading' ? <SkeletonRows count={8} /> : <TemplateList choice={choice} />}
        <div className={styles['preview']}>
          {chosen !== null && <TemplatePreview key={chosen.id} offer={chosen} />}
        </div>
      </div>
      <footer className={styles['footer']}>
        <FileField choice={choice} />
        {actions}
        <Button
          variant="primary"
          busy={choice.isCreating}
          disabled={chosen === null || !choice.name.ok}
          trailing={<Kbd keys="enter" />}
          onClick={() => void choice.create()}
        >
          Create
        </Button>
      </footer>
    </div>
  );
}

function FileField({ choice }: { readonly choice: TemplateChoice }) {
  const { name, shownFile, failure } = choice;
  const problem = name.ok ? failure : { message: name.problem, hint: name.hint };
  const words = problem === null ? undefined : [problem.message, problem.hint].filter(Boolean).join(' ');
  return (
    <div className={styles['file']}>
      <TextField
        label="File"
        hideLabel
        mono
        leading={<span className={styles['fileLabel']}>File</span>}
        value={shownFile}
        onValueChange={choice.setFile}
        error={shownFile === '' ? undefined : words}
        hint={name.ok && name.file !== shownFile ? `It becomes ${name.file}.` : undefined}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          void choice.create();
        }}
      />
    </div>
  );
}

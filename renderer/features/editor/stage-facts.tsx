import { FileCode } from 'lucide-react';
import type { PipelineStage } from '#shared/api/schemas.ts';
import { Badge } from '#renderer/ui/badge.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { CodeBlock } from '#renderer/ui/code-text.tsx';
import { Facts } from '#renderer/ui/facts.tsx';
import { Section } from '#renderer/ui/section.tsx';
import { StageLinks } from './stage-links.tsx';
import styles from './pipeline-screen.module.css';

const BADGES: Record<PipelineStage['badges'][number], string> = {
  condition: 'condition',
  matrix: 'matrix',
  retry: 'tried again',
  approval: 'waits for a person',
  cache: 'cache',
  secrets: 'secrets',
  'continue-on-error': 'may fail',
  timeout: 'time limit',
  artifacts: 'artifacts',
  reports: 'test report',
  steps: 'several steps',
};

const TITLES: Readonly<Record<string, string>> = { steps: 'Steps', approval: 'Asks' };

export interface StageFactsProps {
  readonly stage: PipelineStage;
  /** All of the file, to find the neighbours. */
  readonly stages: readonly PipelineStage[];
  readonly onSelect: (stage: string) => void;
  readonly onShowLine: (line: number) => void;
}

/** The selected stage: what it is, what it runs, what stands before and after it. */
export function StageFacts({ stage, stages, onSelect, onShowLine }: StageFactsProps) {
  const next = stages.filter(({ needs }) => needs.includes(stage.id)).map(({ id }) => id);
  return (
    <>
      <header className={styles['stageHeader']}>
        <h2 className={styles['stageName']}>{stage.name}</h2>
        <Button
          size="small"
          variant="ghost"
          icon={<FileCode size={14} />}
          onClick={() => onShowLine(stage.line)}
        >
          Line {stage.line}
        </Button>
      </header>
      <Section title="Stage">
        <Facts
          items={[
            { label: 'Kind', value: stage.kind },
            { label: 'Id', value: stage.id === stage.name ? null : stage.id },
            {
              label: 'Needs',
              value: <StageLinks ids={stage.needs} onSelect={onSelect} none="nothing, starts at once" />,
            },
            { label: 'Then', value: <StageLinks ids={next} onSelect={onSelect} none="nothing" /> },
            {
              label: 'Has',
              value:
                stage.badges.length === 0 ? null : (
                  <span className={styles['badges']}>
                    {stage.badges.map((badge) => (
                      <Badge key={badge}>{BADGES[badge]}</Badge>
                    ))}
                  </span>
                ),
            },
          ]}
        />
      </Section>
      <Section title={TITLES[stage.kind] ?? 'Runs'}>
        {stage.kind === 'steps' ? (
          <ol className={styles['steps']}>
            {stage.summary.split(', ').map((step, index) => (
              <li key={index}>{step}</li>
            ))}
          </ol>
        ) : (
          <CodeBlock wrap>{stage.summary}</CodeBlock>
        )}
      </Section>
    </>
  );
}

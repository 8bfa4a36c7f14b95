import { FileCode } from 'lucide-react';
import { Button } from '#renderer/ui/button.tsx';
import { CodeBlock, CodeText } from '#renderer/ui/code-text.tsx';
import { Facts } from '#renderer/ui/facts.tsx';
import { Section } from '#renderer/ui/section.tsx';
import type { SimulatedStage } from '#shared/api/simulation-schemas.ts';
import { formatDuration } from '#shared/lib/durations.ts';
import { StageLinks } from '../stage-links.tsx';
import { TickedText } from './ticked-text.tsx';
import { VerdictLine } from './verdict-line.tsx';
import screenStyles from '../pipeline-body.module.css';
import styles from './simulate.module.css';

export interface SimulatedStageFactsProps {
  readonly stage: SimulatedStage;
  /** All of the simulation, to find the neighbours. */
  readonly stages: readonly SimulatedStage[];
  /** Of the stage in the file; null when it is not there. */
  readonly line: number | null;
  readonly onSelect: (stage: string) => void;
  readonly onShowLine: (line: number) => void;
}

/** Why the selected stage would run or not, and what its condition saw. */
export function SimulatedStageFacts({ stage, stages, line, onSelect, onShowLine }: SimulatedStageFactsProps) {
  const next = stages.filter(({ needs }) => needs.includes(stage.id)).map(({ id }) => id);
  return (
    <>
      <header className={screenStyles['stageHeader']}>
        <h2 className={screenStyles['stageName']} title={stage.id}>
          {stage.name}
        </h2>
        {line !== null && (
          <Button size="small" variant="ghost" icon={<FileCode size={14} />} onClick={() => onShowLine(line)}>
            Line {line}
          </Button>
        )}
      </header>
      <Section title="Why">
        <VerdictLine stage={stage} />
        <p className={styles['reason']}>
          <TickedText text={stage.reason} />
        </p>
        {stage.notes.map((note) => (
          <p key={note} className={styles['note']}>
            <TickedText text={note} />
          </p>
        ))}
      </Section>
      {stage.condition !== null && (
        <Section title="Condition">
          <CodeBlock wrap>{stage.condition}</CodeBlock>
          {stage.values.length > 0 && (
            <div className={styles['values']}>
              <Facts
                items={stage.values.map(({ name, value }) => ({ label: name, value: valueText(value) }))}
              />
            </div>
          )}
        </Section>
      )}
      {stage.verdict !== 'skipped' && stage.reasonCode !== 'approval' && <Timing stage={stage} />}
      <Section title="Stage">
        <Facts
          items={[
            { label: 'Kind', value: stage.kind },
            { label: 'Id', value: stage.id === stage.name ? null : stage.id },
            { label: 'Needs', value: <StageLinks ids={stage.needs} onSelect={onSelect} none="nothing" /> },
            { label: 'Then', value: <StageLinks ids={next} onSelect={onSelect} none="nothing" /> },
          ]}
        />
      </Section>
    </>
  );
}

const valueText = (value: string | null) =>
  value === null ? (
    <span className={screenStyles['quiet']}>not known before the run</span>
  ) : (
    <CodeText>{value}</CodeText>
  );

function Timing({
  stage: { expectedMs, startsAfterMs, isCritical, matrix },
}: {
  readonly stage: SimulatedStage;
}) {
  if (matrix !== null && matrix.legs.length > 0) return null;
  return (
    <Section title="Time">
      <Facts
        items={[
          {
            label: 'Takes',
            value: expectedMs === null ? 'not timed yet' : `about ${formatDuration(expectedMs)}`,
          },
          {
            label: 'Starts',
            value:
              startsAfterMs === null
                ? null
                : startsAfterMs === 0
                  ? 'at once'
                  : `after ${formatDuration(startsAfterMs)}`,
          },
          { label: 'Critical', value: isCritical ? 'yes: the run takes longer when it does' : null },
        ]}
      />
    </Section>
  );
}

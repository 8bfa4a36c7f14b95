import type { PipelineInput, PipelineView } from '#shared/api/schemas.ts';
import { Badge } from '#renderer/ui/badge.tsx';
import { CodeText } from '#renderer/ui/code-text.tsx';
import { Facts } from '#renderer/ui/facts.tsx';
import { Section } from '#renderer/ui/section.tsx';
import styles from './pipeline-screen.module.css';

/** Beside the graph while no stage is selected: what the pipeline as a whole asks for. */
export function PipelineFacts({ view }: { readonly view: PipelineView }) {
  return (
    <>
      <Section title="Pipeline">
        <Facts
          items={[
            { label: 'File', value: <CodeText>{view.file}</CodeText> },
            { label: 'Stages', value: view.stages.length },
            { label: 'Starts with', value: startsWith(view) },
          ]}
        />
      </Section>
      <Section title="Inputs" count={view.inputs.length}>
        {view.inputs.length === 0 ? (
          <p className={styles['quiet']}>It asks for nothing: Run starts at once.</p>
        ) : (
          <ul className={styles['inputs']}>
            {view.inputs.map((input) => (
              <Input key={input.name} input={input} />
            ))}
          </ul>
        )}
      </Section>
      <p className={styles['tip']}>Select a stage to see what it runs.</p>
    </>
  );
}

function startsWith({ stages }: PipelineView): string | null {
  const first = stages.filter(({ needs }) => needs.length === 0).map(({ name }) => name);
  return first.length === 0 ? null : first.slice(0, 4).join(', ') + (first.length > 4 ? ', …' : '');
}

function Input({ input }: { readonly input: PipelineInput }) {
  return (
    <li className={styles['input']}>
      <div className={styles['inputName']}>
        {input.name}
        <span className={styles['inputType']}>{input.type}</span>
        {input.required && input.default === null && <Badge tone="warning">required</Badge>}
      </div>
      {input.description !== null && <div className={styles['quiet']}>{input.description}</div>}
      <div className={styles['quiet']}>
        {input.options.length > 0 && `${input.options.join(' · ')} `}
        {input.default !== null && (
          <>
            {input.options.length > 0 ? '— ' : ''}default <CodeText>{String(input.default)}</CodeText>
          </>
        )}
      </div>
    </li>
  );
}

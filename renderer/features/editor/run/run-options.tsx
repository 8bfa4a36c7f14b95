import type { PipelineStage } from '#shared/api/schemas.ts';
import { Checkbox } from '#renderer/ui/checkbox.tsx';
import { TextField } from '#renderer/ui/text-field.tsx';
import styles from './run-form.module.css';

export interface RunOptionsProps {
  readonly stages: readonly PipelineStage[];
  /** Empty: all. */
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (chosen: ReadonlySet<string>) => void;
  readonly parallel: string;
  readonly parallelError: string | undefined;
  readonly onParallel: (parallel: string) => void;
  readonly pause: boolean;
  readonly onPause: (pause: boolean) => void;
  readonly reuse: boolean;
  readonly onReuse: (reuse: boolean) => void;
}

/** What one seldom changes: which stages, and how many at once. */
export function RunOptions(props: RunOptionsProps) {
  const { stages, chosen, onChoose } = props;
  const toggle = (id: string, isChosen: boolean): void => {
    const next = new Set(chosen);
    if (isChosen) next.add(id);
    else next.delete(id);
    onChoose(next);
  };
  return (
    <div className={styles['options']}>
      <fieldset className={styles['stages']}>
        <legend className={styles['legend']}>
          Only these stages{' '}
          <span className={styles['quiet']}>
            {chosen.size === 0 ? 'none chosen: all run' : `${chosen.size} chosen, with what they need`}
          </span>
        </legend>
        <div className={styles['list']}>
          {stages.map(({ id, name }) => (
            <Checkbox
              key={id}
              label={name}
              checked={chosen.has(id)}
              onCheckedChange={(checked) => toggle(id, checked)}
            />
          ))}
        </div>
      </fieldset>
      <TextField
        label="Stages at once"
        optional
        hint="At most this many run at the same time. Empty: as many as this machine has cores."
        error={props.parallelError}
        inputMode="numeric"
        value={props.parallel}
        onValueChange={props.onParallel}
      />
      <Checkbox
        label="Pause on failure"
        hint="A stage that fails waits as it is, so that a shell can look into it, until you continue it."
        checked={props.pause}
        onCheckedChange={props.onPause}
      />
      <Checkbox
        label="Run without reuse"
        hint="Stages with skip-if-unchanged run though nothing has changed."
        checked={!props.reuse}
        onCheckedChange={(checked) => props.onReuse(!checked)}
      />
    </div>
  );
}

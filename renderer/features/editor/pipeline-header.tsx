import { ChevronDown, FlaskConical, Play, SlidersHorizontal } from 'lucide-react';
import { Button } from '#renderer/ui/button.tsx';
import { DropdownMenu } from '#renderer/ui/dropdown-menu.tsx';
import { Kbd } from '#renderer/ui/kbd.tsx';
import styles from './pipeline-body.module.css';

/** Turns the simulation on and off. */
export function SimulateButton(props: {
  readonly enabled: boolean;
  readonly isOn: boolean;
  readonly onToggle: () => void;
}) {
  return (
    <Button
      icon={<FlaskConical size={14} />}
      trailing={<Kbd keys="s" />}
      disabled={!props.enabled}
      aria-pressed={props.isOn}
      title="What would run, and why"
      onClick={props.onToggle}
    >
      Simulate
    </Button>
  );
}

export function RunButton({
  enabled,
  onRun,
}: {
  readonly enabled: boolean;
  readonly onRun: (withOptions: boolean) => void;
}) {
  return (
    <div className={styles['split']}>
      <Button
        variant="primary"
        icon={<Play size={14} />}
        trailing={<Kbd keys="r" />}
        disabled={!enabled}
        onClick={() => onRun(false)}
      >
        Run
      </Button>
      <DropdownMenu
        align="end"
        trigger={
          <Button
            variant="primary"
            aria-label="More ways to run"
            disabled={!enabled}
            icon={<ChevronDown size={14} />}
          />
        }
        entries={[
          {
            label: 'Run with options',
            icon: <SlidersHorizontal size={14} />,
            shortcut: 'shift+r',
            onSelect: () => onRun(true),
          },
        ]}
      />
    </div>
  );
}

import { FolderSearch, RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';
import { setThemeChoice, useTheme, type ThemeChoice } from '#renderer/theme/theme-store.ts';
import { Button } from '#renderer/ui/button.tsx';
import { CopyButton } from '#renderer/ui/copy-button.tsx';
import { FailureState } from '#renderer/ui/failure-state.tsx';
import { PageHeader } from '#renderer/ui/page-header.tsx';
import { SegmentedControl } from '#renderer/ui/segmented-control.tsx';
import { SkeletonRows } from '#renderer/ui/skeleton.tsx';
import { DoctorTable } from './doctor-table.tsx';
import { KeyList } from './key-list.tsx';
import styles from './settings.module.css';

const THEMES: readonly { readonly value: ThemeChoice; readonly label: string }[] = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

/** How Pipewright looks, where it keeps its data, and what it found on this machine. */
export function SettingsScreen() {
  const { client, desktop } = useBridge();
  const choice = useTheme((state) => state.choice);
  const info = useRemote(['system', 'info'], (signal) => client.system.info(undefined, { signal }));
  const doctor = useRemote(['system', 'doctor'], (signal) => client.system.doctor(undefined, { signal }));
  const known = info.status === 'ready' ? info.value : null;
  return (
    <>
      <PageHeader title="Settings" />
      <div className={styles['scroller']}>
        <div className={styles['column']}>
          <Group title="Appearance">
            <Line label="Theme" hint="System follows the light or dark mode of this machine.">
              <SegmentedControl
                label="Theme"
                options={THEMES}
                value={choice}
                onValueChange={setThemeChoice}
              />
            </Line>
          </Group>
          <Group title="Data">
            <Line label="Data folder" hint="Runs, logs, artifacts and the database.">
              <span className={styles['path']} data-selectable>
                {known?.dataDir}
              </span>
              {known !== null && <CopyButton text={known.dataDir} label="Copy the path" />}
              {known !== null && desktop !== undefined && (
                <Button
                  size="small"
                  icon={<FolderSearch size={14} />}
                  onClick={() => void desktop.reveal(known.dataDir)}
                >
                  Show
                </Button>
              )}
            </Line>
          </Group>
          <Group
            title="This machine"
            actions={
              <Button
                size="small"
                icon={<RotateCw size={14} />}
                busy={doctor.status === 'loading' || (doctor.status === 'ready' && doctor.isStale)}
                onClick={doctor.reload}
              >
                Check again
              </Button>
            }
          >
            {doctor.status === 'loading' && <SkeletonRows count={5} />}
            {doctor.status === 'failed' && <FailureState failure={doctor.failure} onRetry={doctor.reload} />}
            {doctor.status === 'ready' && <DoctorTable tools={doctor.value} />}
          </Group>
          <Group title="Keys">
            <KeyList />
          </Group>
          <Group title="About">
            <Line
              label="Version"
              hint={known === null ? '' : `Runs up to ${known.maxParallel} stages at once here.`}
            >
              <span data-selectable>
                {known === null ? '' : `Pipewright ${known.version} on ${known.platform}`}
              </span>
            </Line>
          </Group>
        </div>
      </div>
    </>
  );
}

function Group(props: {
  readonly title: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className={styles['group']} aria-label={props.title}>
      <header className={styles['header']}>
        <h2 className={styles['title']}>{props.title}</h2>
        {props.actions}
      </header>
      <div className={styles['card']}>{props.children}</div>
    </section>
  );
}

function Line(props: { readonly label: string; readonly hint: string; readonly children: ReactNode }) {
  return (
    <div className={styles['line']}>
      <div>
        <div className={styles['label']}>{props.label}</div>
        <div className={styles['hint']}>{props.hint}</div>
      </div>
      <div className={styles['control']}>{props.children}</div>
    </div>
  );
}

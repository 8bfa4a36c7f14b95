import { ChevronDown, Ellipsis, GitBranch, Play, RotateCw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Badge } from '../badge.tsx';
import { Button } from '../button.tsx';
import { Checkbox } from '../checkbox.tsx';
import { ConfirmDialog } from '../confirm-dialog.tsx';
import { ContextMenu } from '../context-menu.tsx';
import { Dialog } from '../dialog.tsx';
import { DropdownMenu } from '../dropdown-menu.tsx';
import { IconButton } from '../icon-button.tsx';
import type { MenuEntry } from '../menu-entry.ts';
import { Popover } from '../popover.tsx';
import { SearchField } from '../search-field.tsx';
import { Section } from '../section.tsx';
import { SegmentedControl } from '../segmented-control.tsx';
import { Select } from '../select.tsx';
import { Switch } from '../switch.tsx';
import { TextArea, TextField } from '../text-field.tsx';
import styles from './gallery.module.css';

const nothing = (): void => undefined;

/** Buttons, menus, dialogs and fields. */
export function ControlsGallery() {
  const [text, setText] = useState('npm test');
  const [find, setFind] = useState('');
  const [target, setTarget] = useState<'staging' | 'production'>('staging');
  const [view, setView] = useState<'graph' | 'waterfall'>('graph');
  const [checked, setChecked] = useState(true);
  const [dialog, setDialog] = useState<'form' | 'confirm' | null>(null);
  const entries: MenuEntry[] = [
    { label: 'Rerun failed', icon: <RotateCw size={14} />, shortcut: '.', onSelect: nothing },
    { label: 'Rerun all', onSelect: nothing, disabled: true },
    { type: 'separator' },
    { type: 'toggle', label: 'Wrap lines', checked, onChange: setChecked },
    { type: 'submenu', label: 'Open in', entries: [{ label: 'Terminal', onSelect: nothing }] },
    { type: 'separator' },
    { label: 'Delete run', icon: <Trash2 size={14} />, danger: true, onSelect: nothing },
  ];
  return (
    <div className={styles['column']}>
      <Section title="Buttons">
        <div className={styles['row']}>
          <Button variant="primary" icon={<Play size={14} />}>
            Run
          </Button>
          <Button>Open folder</Button>
          <Button variant="ghost">Cancel</Button>
          <Button variant="danger">Delete</Button>
          <IconButton label="More" icon={<Ellipsis size={16} />} />
        </div>
        <div className={styles['row']}>
          <Button size="small">Small</Button>
          <Button size="large">Large</Button>
          <Button busy>Saving</Button>
          <Button disabled>Disabled</Button>
          <IconButton label="Follow" shortcut="f" pressed icon={<ChevronDown size={16} />} />
        </div>
      </Section>
      <Section title="Menus and dialogs">
        <div className={styles['row']}>
          <DropdownMenu
            trigger={<Button trailing={<ChevronDown size={14} />}>Rerun failed</Button>}
            entries={entries}
          />
          <Popover trigger={<Button>Popover</Button>} label="Details">
            <TextField label="Name" value={text} onValueChange={setText} />
          </Popover>
          <ContextMenu entries={entries}>
            <Button>Right-click me</Button>
          </ContextMenu>
          <Button onClick={() => setDialog('form')}>Dialog</Button>
          <Button onClick={() => setDialog('confirm')}>Confirm</Button>
        </div>
      </Section>
      <Section title="Fields">
        <div className={styles['stack']}>
          <div className={styles['pairs']}>
            <TextField label="Command" value={text} onValueChange={setText} mono hint="Run by sh -e" />
            <Select
              label="Target"
              value={target}
              onValueChange={setTarget}
              options={[
                { value: 'staging', label: 'Staging' },
                { value: 'production', label: 'Production' },
              ]}
            />
            <TextField
              label="Timeout"
              optional
              value="10 minuts"
              onValueChange={nothing}
              error="Write a duration: 30s, 10m, 1h30m"
            />
            <SearchField label="Find a run" value={find} onValueChange={setFind} shortcut="/" />
          </div>
          <TextArea label="Script" mono value={'npm ci\nnpm test'} onValueChange={nothing} />
          <Checkbox
            label="Trust this project"
            hint="Its pipelines may run commands as you"
            checked={checked}
            onCheckedChange={setChecked}
          />
          <Switch
            label="Notify when a run ends"
            hint="While the window is not in front"
            checked={checked}
            onCheckedChange={setChecked}
          />
          <div className={styles['row']}>
            <SegmentedControl
              label="View"
              value={view}
              onValueChange={setView}
              options={[
                { value: 'graph', label: 'Graph' },
                { value: 'waterfall', label: 'Waterfall' },
              ]}
            />
            <Badge icon={<GitBranch size={12} />}>main</Badge>
            <Badge tone="accent">test.unit</Badge>
            <Badge tone="failed">2 failed</Badge>
            <Badge tone="warning">flaky</Badge>
            <Badge tone="succeeded">418 passed</Badge>
          </div>
        </div>
      </Section>
      <Dialog
        open={dialog === 'form'}
        onOpenChange={() => setDialog(null)}
        title="Run Release"
        description="The inputs that this pipeline asks for."
        footer={
          <>
            <Button onClick={() => setDialog(null)}>Cancel</Button>
            <Button variant="primary" onClick={() => setDialog(null)}>
              Run
            </Button>
          </>
        }
      >
        <TextField label="version" value="1.0.0" onValueChange={nothing} />
      </Dialog>
      <ConfirmDialog
        open={dialog === 'confirm'}
        onOpenChange={() => setDialog(null)}
        title="Delete run #128?"
        description="Its logs and artifacts go with it. This cannot be undone."
        confirmLabel="Delete"
        danger
        onConfirm={nothing}
      />
    </div>
  );
}

import { Copy, Ellipsis, Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { toFailure } from '#renderer/bridge/app-failure.ts';
import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';
import { Button } from '#renderer/ui/button.tsx';
import type { Column } from '#renderer/ui/data-table-column.ts';
import { DropdownMenu } from '#renderer/ui/dropdown-menu.tsx';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import type { MenuEntry } from '#renderer/ui/menu-entry.ts';
import { showToast } from '#renderer/ui/toast-store.ts';
import type { Project } from '#shared/api/schemas.ts';
import type { NotificationSettings, SettingRule } from '#shared/api/setting-schemas.ts';
import { Group } from '../group.tsx';
import { TableCard } from '../table-card.tsx';
import { useSaveSetting } from '../use-settings.ts';
import { RuleForm } from './rule-form.tsx';
import { changesWords, channelWords, projectWords } from './rule-words.ts';
import styles from '../settings.module.css';

interface Row {
  readonly index: number;
  readonly rule: SettingRule;
}

/** What is being edited: the rule's place in the list, or null for one that is added. */
interface Edited {
  readonly index: number | null;
  readonly rule: SettingRule | null;
}

const columns = (projects: readonly Project[], menu: (row: Row) => readonly MenuEntry[]): Column<Row>[] => [
  {
    id: 'when',
    header: 'When a run',
    width: 'minmax(140px, 1fr)',
    cell: ({ rule }) => <Cut words={changesWords(rule)} />,
  },
  {
    id: 'through',
    header: 'Tell through',
    width: 'minmax(180px, 1.6fr)',
    cell: ({ rule }) => <Cut words={channelWords(rule).join(' · ')} />,
  },
  {
    id: 'project',
    header: 'Of',
    width: '140px',
    cell: ({ rule }) => <Cut quiet words={projectWords(rule, projects)} />,
  },
  {
    id: 'menu',
    header: '',
    label: 'Actions',
    width: '24px',
    cell: (row) => (
      // A click on the menu is not a click on the row.
      <span onClick={(event) => event.stopPropagation()}>
        <DropdownMenu
          align="end"
          entries={menu(row)}
          trigger={
            <IconButton
              size="small"
              label={`Actions for rule ${row.index + 1}`}
              icon={<Ellipsis size={14} />}
            />
          }
        />
      </span>
    ),
  },
];

/** The rules that hold for every pipeline beside those of its file; each change is stored at once. */
export function RuleList({ notifications }: { readonly notifications: NotificationSettings }) {
  const { client } = useBridge();
  const save = useSaveSetting();
  const [edited, setEdited] = useState<Edited | null>(null);
  const projects = useRemote(['projects', 'list'], (signal) => client.project.list(undefined, { signal }));
  const known = projects.status === 'ready' ? projects.value : [];
  const { rules } = notifications;
  const store = (next: readonly SettingRule[]): Promise<void> =>
    save({ section: 'notifications', value: { ...notifications, rules: [...next] } });

  const restore = async (index: number, rule: SettingRule): Promise<void> => {
    // Others may have changed the rules meanwhile.
    const { notifications: now } = await client.setting.get();
    const value = { ...now, rules: now.rules.toSpliced(index, 0, rule) };
    await save({ section: 'notifications', value });
  };
  const tellFailure = (title: string) => (error: unknown) =>
    showToast({ tone: 'failed', title, body: toFailure(error).message });
  const remove = ({ index, rule }: Row): void => {
    store(rules.toSpliced(index, 1)).then(
      () =>
        showToast({
          title: 'Removed the rule',
          body: channelWords(rule).join(', '),
          action: {
            label: 'Undo',
            run: () => void restore(index, rule).catch(tellFailure('Could not bring the rule back')),
          },
        }),
      tellFailure('Could not remove the rule'),
    );
  };
  const menu = (row: Row): MenuEntry[] => [
    { label: 'Edit', icon: <Pencil size={14} />, onSelect: () => setEdited(row) },
    {
      label: 'Duplicate',
      icon: <Copy size={14} />,
      onSelect: () => setEdited({ index: null, rule: row.rule }),
    },
    { type: 'separator' },
    { label: 'Remove', icon: <Trash2 size={14} />, danger: true, onSelect: () => remove(row) },
  ];
  return (
    <Group
      title="Rules"
      hint="For all pipelines, beside the notifications of their own files."
      actions={
        <Button icon={<Plus size={14} />} onClick={() => setEdited({ index: null, rule: null })}>
          Add a rule
        </Button>
      }
    >
      <TableCard
        label="Rules"
        columns={columns(known, menu)}
        rows={rules.map((rule, index) => ({ index, rule }))}
        rowKey={({ index }) => String(index)}
        onOpen={setEdited}
        rowMenu={menu}
        empty="There are no rules: the desktop tells of the end of every run. Add one to choose, or to tell others by e-mail or in a chat."
      />
      {edited !== null && (
        <RuleForm
          rule={edited.rule}
          title={edited.index === null ? 'Add a rule' : 'Edit the rule'}
          projects={known}
          onClose={() => setEdited(null)}
          onSave={(rule) => store(edited.index === null ? [...rules, rule] : rules.with(edited.index, rule))}
        />
      )}
    </Group>
  );
}

function Cut({ words, quiet = false }: { readonly words: string; readonly quiet?: boolean }) {
  return (
    <span className={quiet ? styles['quietCut'] : styles['cut']} title={words}>
      {words}
    </span>
  );
}

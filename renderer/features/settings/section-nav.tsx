import { replaceRoute } from '#renderer/ui/navigation/navigate.ts';
import { SETTINGS_SECTIONS, type SettingsSection } from '#renderer/ui/navigation/route.ts';
import { RouteLink } from '#renderer/ui/navigation/route-link.tsx';
import { useShortcut } from '#renderer/ui/shortcuts/use-shortcut.ts';
import { VisuallyHidden } from '#renderer/ui/visually-hidden.tsx';
import { SECTION_FACTS } from './sections.tsx';
import { useHasDraft } from './use-section-form.ts';
import styles from './settings.module.css';

/** The list of the sections; J and K walk it. */
export function SectionNav({ current }: { readonly current: SettingsSection }) {
  const at = SETTINGS_SECTIONS.indexOf(current);
  const go = (by: number): void => {
    const section = SETTINGS_SECTIONS[at + by];
    if (section !== undefined) replaceRoute({ screen: 'settings', section });
  };
  useShortcut('j', () => go(1));
  useShortcut('k', () => go(-1));
  return (
    <nav className={styles['nav']} aria-label="Sections">
      <ul className={styles['navList']}>
        {SETTINGS_SECTIONS.map((section) => (
          <li key={section}>
            <SectionLink section={section} isCurrent={section === current} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

function SectionLink({
  section,
  isCurrent,
}: {
  readonly section: SettingsSection;
  readonly isCurrent: boolean;
}) {
  const { label, icon: Icon } = SECTION_FACTS[section];
  const isUnsaved = useHasDraft(section);
  return (
    <RouteLink
      className={styles['navLink']}
      to={{ screen: 'settings', section }}
      aria-current={isCurrent ? 'page' : undefined}
    >
      <Icon size={16} />
      {label}
      {isUnsaved && (
        <span className={styles['unsaved']} title="Not saved yet">
          <VisuallyHidden>(not saved yet)</VisuallyHidden>
        </span>
      )}
    </RouteLink>
  );
}

import type { ReactNode } from 'react';
import { FailureState } from '#renderer/ui/failure-state.tsx';
import type { SettingsSection } from '#renderer/ui/navigation/route.ts';
import { PageHeader } from '#renderer/ui/page-header.tsx';
import { SkeletonRows } from '#renderer/ui/skeleton.tsx';
import { assertNever } from '#shared/lib/assert-never.ts';
import type { Settings } from '#shared/api/setting-schemas.ts';
import { AboutSection } from './about-section.tsx';
import { AppearanceSection } from './appearance-section.tsx';
import { Group } from './group.tsx';
import { KeyList } from './key-list.tsx';
import { MachineSection } from './machine-section.tsx';
import { NotificationsSection } from './notifications/notifications-section.tsx';
import { SectionNav } from './section-nav.tsx';
import { SECTION_FACTS } from './sections.tsx';
import { StorageSection } from './storage/storage-section.tsx';
import { TelemetrySection } from './telemetry-section.tsx';
import { TriggersSection } from './triggers/triggers-section.tsx';
import { TrustSection } from './trust-section.tsx';
import { useSettings } from './use-settings.ts';
import styles from './settings.module.css';

/** All that can be set, by section; the address names the section. */
export function SettingsScreen({
  section = 'appearance',
}: {
  readonly section?: SettingsSection | undefined;
}) {
  return (
    <>
      <PageHeader title="Settings" facts={SECTION_FACTS[section].label} />
      <div className={styles['screen']}>
        <SectionNav current={section} />
        <div className={styles['scroller']} key={section}>
          <div className={styles['column']}>
            <Section section={section} />
          </div>
        </div>
      </div>
    </>
  );
}

function Section({ section }: { readonly section: SettingsSection }) {
  switch (section) {
    case 'appearance':
      return <AppearanceSection />;
    case 'notifications':
      return <Stored>{({ notifications }) => <NotificationsSection notifications={notifications} />}</Stored>;
    case 'triggers':
      return <Stored>{({ triggers }) => <TriggersSection triggers={triggers} />}</Stored>;
    case 'trust':
      return <TrustSection />;
    case 'storage':
      return <Stored>{({ storage }) => <StorageSection storage={storage} />}</Stored>;
    case 'telemetry':
      return <Stored>{({ telemetry }) => <TelemetrySection telemetry={telemetry} />}</Stored>;
    case 'machine':
      return <MachineSection />;
    case 'keys':
      return (
        <Group title="Keys">
          <KeyList />
        </Group>
      );
    case 'about':
      return <AboutSection />;
    default:
      return assertNever(section);
  }
}

/** For what needs the stored settings. */
function Stored({ children }: { readonly children: (settings: Settings) => ReactNode }) {
  const settings = useSettings();
  if (settings.status === 'loading') return <SkeletonRows count={6} />;
  if (settings.status === 'failed')
    return <FailureState failure={settings.failure} onRetry={settings.reload} />;
  return children(settings.value);
}

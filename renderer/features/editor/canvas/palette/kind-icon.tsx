import {
  Activity,
  BadgeCheck,
  Bell,
  Box,
  Boxes,
  CircleDashed,
  Database,
  FileBox,
  Flag,
  FlaskConical,
  GitBranch,
  Hammer,
  HardDriveDownload,
  ListOrdered,
  Package,
  Plug,
  Rocket,
  Shield,
  Tag,
  Terminal,
  Upload,
  UserCheck,
  Workflow,
  Wrench,
  type LucideIcon,
} from 'lucide-react';

const ICONS: Readonly<Record<string, LucideIcon>> = {
  run: Terminal,
  steps: ListOrdered,
  approval: UserCheck,
  pipeline: Workflow,
  none: CircleDashed,
  source: GitBranch,
  deps: Package,
  build: Hammer,
  release: Tag,
  publish: Upload,
  tool: Wrench,
  cache: HardDriveDownload,
  artifact: FileBox,
  plugin: Plug,
  test: FlaskConical,
  env: Boxes,
  deploy: Rocket,
  verify: BadgeCheck,
  db: Database,
  flags: Flag,
  monitor: Activity,
  security: Shield,
  notify: Bell,
};

/** The icon of a kind, by its family; decorative. */
export function KindIcon({ kind, size = 16 }: { readonly kind: string; readonly size?: number }) {
  const Icon = ICONS[kind.split(/[.:]/, 1)[0] ?? ''] ?? Box;
  return <Icon size={size} aria-hidden />;
}

import { formatRoute } from '#renderer/ui/navigation/route.ts';
import { RouteLink } from '#renderer/ui/navigation/route-link.tsx';
import { useRoute } from '#renderer/ui/navigation/navigate.ts';
import type { NavItem } from './screens.tsx';
import styles from './nav.module.css';

/** The places of the app, at the left. */
export function Nav({ items }: { readonly items: readonly NavItem[] }) {
  const { screen } = useRoute();
  const line = (item: NavItem) => (
    <li key={formatRoute(item.route)}>
      <RouteLink
        to={item.route}
        className={styles['link']}
        aria-current={item.marks.includes(screen) ? 'page' : undefined}
      >
        <item.icon size={16} />
        {item.label}
      </RouteLink>
    </li>
  );
  const foot = items.filter((item) => item.foot === true);
  return (
    <nav className={styles['nav']} aria-label="Main">
      <ul className={styles['list']}>{items.filter((item) => item.foot !== true).map(line)}</ul>
      {foot.length > 0 && <ul className={styles['foot']}>{foot.map(line)}</ul>}
    </nav>
  );
}

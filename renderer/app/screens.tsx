import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Route, Screen } from '#renderer/ui/navigation/route.ts';

type RouteOf = { readonly [Name in Screen]: Extract<Route, { readonly screen: Name }> };

/** What shows each route. Features are loaded with `lazy(() => import(…))`, so that a start reads only what it shows. */
export type ScreenTable = {
  readonly [Name in Screen]?: { readonly render: (route: RouteOf[Name]) => ReactNode };
};

/** A line of the navigation; it appears once its route's screen stands in the table. */
export interface NavItem {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly route: Route;
  /** The screens on which it is marked as the place one is at. */
  readonly marks: readonly Screen[];
  /** Below the line, at the foot. */
  readonly foot?: boolean;
  readonly shortcut?: string;
}

/** The screen of a route, or undefined when none is registered. */
export function renderScreen<Name extends Screen>(
  screens: ScreenTable,
  name: Name,
  route: RouteOf[Name],
): ReactNode | undefined {
  return screens[name]?.render(route);
}

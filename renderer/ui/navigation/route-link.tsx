import type { ComponentProps } from 'react';
import { formatRoute, type Route } from './route.ts';

export interface RouteLinkProps extends Omit<ComponentProps<'a'>, 'href'> {
  readonly to: Route;
}

/** A link to a screen: a real anchor, so that it can be focused, copied and (in the browser) opened in a tab. */
export function RouteLink({ to, ...rest }: RouteLinkProps) {
  return <a draggable={false} {...rest} href={formatRoute(to)} />;
}

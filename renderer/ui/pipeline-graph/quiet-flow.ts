/**
 * A `ref` of a React Flow whose nodes are the options of a listbox around it. Takes away what would stand between the two
 * for a screen reader: the role of an application, which no prop changes, and the drawn edges, which are but for the eye.
 */
export function quietFlow(flow: HTMLDivElement | null): void {
  flow?.removeAttribute('role');
  flow?.querySelector('.react-flow__edges')?.setAttribute('aria-hidden', 'true');
}

/** The `domAttributes` of such a node: without the name for its role that React Flow gives each. */
export const QUIET_NODE = { 'aria-roledescription': undefined } as const;

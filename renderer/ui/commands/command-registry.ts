import type { ReactNode } from 'react';
import { create } from 'zustand';

/** Something that can be done now; shown in the palette and, with a shortcut, in the list of keys. */
export interface Command {
  /** Unique among what is registered at a time: `run.start`. */
  readonly id: string;
  /** A verb phrase: "Rerun failed stages". */
  readonly title: string;
  /** The heading it stands under: "Run", "Go to", "View". */
  readonly group: string;
  readonly icon?: ReactNode;
  /** Bound while registered: `r`, `mod+enter`. */
  readonly shortcut?: string;
  /** More words that find it. */
  readonly keywords?: readonly string[];
  readonly run: () => void;
}

interface CommandState {
  /** By owner, in the order of mounting. */
  readonly owners: readonly { readonly owner: symbol; readonly commands: readonly Command[] }[];
}

export const useCommandStore = create<CommandState>()(() => ({ owners: [] }));

/** Sets what `owner` offers now; an empty list withdraws it. */
export function offerCommands(owner: symbol, commands: readonly Command[]): void {
  useCommandStore.setState(({ owners }) => {
    const index = owners.findIndex((entry) => entry.owner === owner);
    if (commands.length === 0) return index === -1 ? { owners } : { owners: owners.toSpliced(index, 1) };
    const entry = { owner, commands };
    return { owners: index === -1 ? [...owners, entry] : owners.with(index, entry) };
  });
}

/** All that can be done now: the newest view first; of two with one id the newer. */
export function listCommands(state: CommandState): Command[] {
  const byId = new Map<string, Command>();
  for (const { commands } of state.owners.toReversed()) {
    for (const command of commands) if (!byId.has(command.id)) byId.set(command.id, command);
  }
  return [...byId.values()];
}

/** Commands under their headings, both in the order of their first appearance. */
export function groupCommands(commands: readonly Command[]): [group: string, commands: Command[]][] {
  const groups = new Map<string, Command[]>();
  for (const command of commands) {
    const group = groups.get(command.group);
    if (group === undefined) groups.set(command.group, [command]);
    else group.push(command);
  }
  return [...groups];
}

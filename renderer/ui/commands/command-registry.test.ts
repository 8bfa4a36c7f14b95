import { afterEach, describe, expect, it } from 'vitest';
import { listCommands, offerCommands, useCommandStore, type Command } from './command-registry.ts';

const command = (id: string, title = id): Command => ({ id, title, group: 'Test', run: () => undefined });
const titles = (): string[] => listCommands(useCommandStore.getState()).map(({ title }) => title);

describe('the command registry', () => {
  const app = Symbol('app');
  const view = Symbol('view');

  afterEach(() => {
    offerCommands(app, []);
    offerCommands(view, []);
  });

  it('lists the newest view first', () => {
    offerCommands(app, [command('theme')]);
    offerCommands(view, [command('run'), command('cancel')]);
    expect(titles()).toEqual(['run', 'cancel', 'theme']);
  });

  it('keeps the newer of two commands with one id, and gives the older back when that view goes', () => {
    offerCommands(app, [command('search', 'Search everywhere')]);
    offerCommands(view, [command('search', 'Search the log')]);
    expect(titles()).toEqual(['Search the log']);
    offerCommands(view, []);
    expect(titles()).toEqual(['Search everywhere']);
  });

  it('replaces what an owner offered before', () => {
    offerCommands(app, [command('a')]);
    offerCommands(view, [command('b')]);
    offerCommands(app, [command('c')]);
    expect(titles()).toEqual(['b', 'c']);
  });
});

import type { Tool } from '../../tools/tool.ts';

export const NPM: Tool = {
  name: 'npm',
  bins: ['npm'],
  minVersion: '9.0.0',
  install: 'install Node.js from https://nodejs.org, or apt install npm',
};

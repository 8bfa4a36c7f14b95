import type { Tool } from '../tools/tool.ts';

export const GIT: Tool = {
  name: 'git',
  bins: ['git'],
  minVersion: '2.25.0',
  install: 'apt install git, brew install git, winget install Git.Git',
};

export const GIT_LFS: Tool = {
  name: 'git-lfs',
  bins: ['git-lfs'],
  install: 'apt install git-lfs, brew install git-lfs, winget install GitHub.GitLFS',
};

export const SVN: Tool = {
  name: 'svn',
  bins: ['svn'],
  versionArgs: ['--version', '--quiet'],
  minVersion: '1.9.0',
  install: 'apt install subversion, brew install subversion, winget install Slik.Subversion',
};

export const HG: Tool = {
  name: 'hg',
  bins: ['hg'],
  versionArgs: ['--version', '--quiet'],
  install: 'apt install mercurial, brew install mercurial, winget install Mercurial.Mercurial',
};

export const PRE_COMMIT: Tool = {
  name: 'pre-commit',
  bins: ['pre-commit'],
  install: 'apt install pre-commit, pip install pre-commit, brew install pre-commit',
};

export const LEFTHOOK: Tool = {
  name: 'lefthook',
  bins: ['lefthook'],
  versionArgs: ['version'],
  isNodePackage: true,
  install: 'npm install --save-dev lefthook, brew install lefthook',
};

export const COMMITLINT: Tool = {
  name: 'commitlint',
  bins: ['commitlint'],
  isNodePackage: true,
  install: 'npm install --save-dev @commitlint/cli @commitlint/config-conventional',
};

export const GITLEAKS: Tool = {
  name: 'gitleaks',
  bins: ['gitleaks'],
  versionArgs: ['version'],
  image: 'ghcr.io/gitleaks/gitleaks',
  install: 'brew install gitleaks, or from https://github.com/gitleaks/gitleaks/releases',
};

export const SECRETLINT: Tool = {
  name: 'secretlint',
  bins: ['secretlint'],
  isNodePackage: true,
  install: 'npm install --save-dev secretlint @secretlint/secretlint-rule-preset-recommend',
};

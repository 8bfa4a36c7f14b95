/** What the files of a project's folder say about it, as far as a first pipeline depends on that. */
export interface ProjectFacts {
  /** Of the folder. */
  readonly name: string;
  /** Where the pipeline will run first. */
  readonly platform: 'posix' | 'windows';
  /** `main` where nothing says otherwise. */
  readonly mainBranch: string;
  readonly node: NodeFacts | null;
  readonly python: PythonFacts | null;
  readonly go: GoFacts | null;
  readonly rust: RustFacts | null;
  readonly maven: JavaFacts | null;
  readonly gradle: JavaFacts | null;
  /** `Dockerfile` or `Containerfile`. */
  readonly containerFile: string | null;
  readonly site: SiteFacts | null;
}

export interface NodeFacts {
  readonly manager: 'npm' | 'pnpm' | 'yarn' | 'yarn-berry' | 'bun';
  readonly lockFile: string | null;
  readonly hasDependencies: boolean;
  /** Names in `scripts` of package.json, without a `test` that is only npm's placeholder. */
  readonly scripts: readonly string[];
  /** What the `test` script is, when it is nothing else: then it can be asked for results. */
  readonly testRunner: 'node' | 'vitest' | 'jest-junit' | null;
  /** Globs of the folders of workspaces, such as `packages/*`. */
  readonly workspaces: readonly string[];
}

export interface PythonFacts {
  readonly manager: 'uv' | 'poetry' | 'pip';
  readonly lockFile: string | null;
  /** Files of requirements for pip. */
  readonly requirements: readonly string[];
  /** pyproject.toml or setup.py describes a package: it can be installed, and built. */
  readonly isPackage: boolean;
  /** Extras of the package that hold what tests need. */
  readonly extras: readonly string[];
  readonly testRunner: 'pytest' | 'unittest' | null;
  readonly usesRuff: boolean;
  readonly usesMypy: boolean;
}

export interface GoFacts {
  readonly hasSum: boolean;
}

export interface RustFacts {
  readonly hasLock: boolean;
}

export interface JavaFacts {
  /** The project brings the build tool along. */
  readonly hasWrapper: boolean;
}

export interface SiteFacts {
  /** Such as `Astro`; `HTML` for pages that nothing builds. */
  readonly tool: string;
  /** What builds it; null: nothing does, or a script of package.json called `build`. */
  readonly command: string | null;
  /** Where the pages are, relative to the project, with forward slashes. */
  readonly folder: string;
}

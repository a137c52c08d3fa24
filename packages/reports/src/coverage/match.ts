import { access, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Coverage } from './coverage.ts';
import type { LineHits } from './line-hits.ts';

/** Of a Unix machine or of Windows, its separators turned round. */
const ABSOLUTE = /^(?:\/|[A-Za-z]:\/)/;

/**
 * Finds a repository's file in the reports, which name files in many ways: from the repository's root, absolutely
 * (also of another machine or container), by Java package, by Go import path. What could be two files is none.
 *
 * @param workspace the checked-out repository, absolute
 */
export class FileMatcher {
  readonly #coverage: Coverage;
  readonly #workspace: string;
  readonly #paths: ReturnType<Coverage['namings']>;
  /** Reported paths by their last segment. */
  readonly #byName = new Map<string, string[]>();
  readonly #modules = new Map<string, Promise<string | undefined>>();

  constructor(coverage: Coverage, workspace: string) {
    this.#coverage = coverage;
    this.#workspace = workspace;
    this.#paths = coverage.namings();
    for (const reported of this.#paths.keys()) {
      const name = path.posix.basename(reported);
      const same = this.#byName.get(name);
      if (same) {
        same.push(reported);
      } else {
        this.#byName.set(name, [reported]);
      }
    }
  }

  /** @param file relative to the workspace */
  async find(file: string): Promise<LineHits | undefined> {
    const coverage = this.#coverage;
    const exact = coverage.hits(file) ?? coverage.hits(`${this.#workspace}/${file}`);
    if (exact) {
      return exact;
    }
    const sameName = this.#byName.get(path.posix.basename(file)) ?? [];
    if (file.endsWith('.go')) {
      const imported = await this.#goImportPath(file);
      return imported === undefined ? undefined : coverage.hits(imported);
    }
    const found =
      only(
        sameName.filter((name) => this.#paths.get(name) === 'package' && `/${file}`.endsWith(`/${name}`)),
      ) ?? outermost(sameName.filter((name) => ABSOLUTE.test(name) && name.endsWith(`/${file}`)));
    return found === undefined ? undefined : coverage.hits(found);
  }

  /**
   * A reported path that may mean `file`, though nobody says so: a package of a monorepo names its files from its own
   * folder. One that is there from the repository's root means that file.
   */
  async mayBe(file: string): Promise<string | undefined> {
    const sameName = this.#byName.get(path.posix.basename(file)) ?? [];
    for (const name of sameName) {
      const relative = this.#paths.get(name) === 'path' && !ABSOLUTE.test(name);
      const isEnd = name !== file && (file.endsWith(`/${name}`) || name.endsWith(`/${file}`));
      if (relative && isEnd && !(await isThere(path.join(this.#workspace, name)))) {
        return name;
      }
    }
    return sameName.find((name) => ABSOLUTE.test(name) && name.endsWith(`/${file}`));
  }

  /** The nearest go.mod names the module; the rest of the path follows it. */
  async #goImportPath(file: string): Promise<string | undefined> {
    for (let folder = path.posix.dirname(file); ; folder = path.posix.dirname(folder)) {
      const known = this.#modules.get(folder) ?? moduleOf(path.join(this.#workspace, folder, 'go.mod'));
      this.#modules.set(folder, known);
      const name = await known;
      if (name !== undefined) {
        return `${name}/${path.posix.relative(folder, file)}`;
      }
      if (folder === '.') {
        return undefined;
      }
    }
  }
}

function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

async function moduleOf(file: string): Promise<string | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return /^module\s+"?([^\s"]+)"?/m.exec(text)?.[1];
}

function only(names: readonly string[]): string | undefined {
  return names.length === 1 ? names[0] : undefined;
}

/** The one whose folder holds all the others: the root of the place where the tests ran. */
function outermost(names: readonly string[]): string | undefined {
  const shortest = [...names].sort((a, b) => a.length - b.length)[0];
  if (shortest === undefined) {
    return undefined;
  }
  const folder = `${path.posix.dirname(shortest)}/`;
  return names.every((name) => name.startsWith(folder)) ? shortest : undefined;
}

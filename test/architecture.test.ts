/** The rules of docs/architecture.md that a machine can hold. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';

const root = path.resolve(import.meta.dirname, '..');
const SCOPE = '@golden-image/';

interface Source {
  readonly file: string;
  /** `packages/media` or `actions/verify-iso`. */
  readonly workspace: string;
  readonly imports: readonly string[];
}

function sources(): Source[] {
  return ['packages', 'actions'].flatMap((kind) =>
    readdirSync(path.join(root, kind)).flatMap((name) => {
      const folder = path.join(root, kind, name, 'src');
      return readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
        .map((file) => ({
          file: path.relative(root, path.join(folder, file)),
          workspace: `${kind}/${name}`,
          imports: importsOf(readFileSync(path.join(folder, file), 'utf8')),
        }));
    }),
  );
}

function importsOf(text: string): string[] {
  return [
    ...text.matchAll(/^(?:import|export)\b[^;]*?from '([^']+)';|^import '([^']+)';|import\('([^']+)'\)/gms),
  ].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}

const all = sources();

function offenders(rule: (source: Source, imported: string) => boolean): string[] {
  return all.flatMap((source) =>
    source.imports
      .filter((imported) => rule(source, imported))
      .map((imported) => `${source.file} imports ${imported}`),
  );
}

describe('the architecture', () => {
  it('sees the sources and their imports', () => {
    expect(all.length).toBeGreaterThan(20);
    expect(all.find((source) => source.file === 'packages/action-kit/src/run.ts')?.imports).toContain(
      '@actions/core',
    );
  });

  it('lets only action-kit touch the Actions toolkit, and only local-runner its parser', () => {
    const owners: Readonly<Record<string, string>> = {
      '@actions/workflow-parser': 'packages/local-runner',
      '@actions/expressions': 'packages/local-runner',
    };
    expect(
      offenders((source, imported) => {
        const name = imported.split('/').slice(0, 2).join('/');
        return (
          imported.startsWith('@actions/') && source.workspace !== (owners[name] ?? 'packages/action-kit')
        );
      }),
    ).toEqual([]);
  });

  it('lets no package import an action, and nothing but actions import action-kit', () => {
    expect(
      offenders((_source, imported) => imported.startsWith(`${SCOPE}action-`) && !isActionKit(imported)),
    ).toEqual([]);
    expect(
      offenders((source, imported) => isActionKit(imported) && source.workspace.startsWith('packages/')),
    ).toEqual([]);
  });

  it('has no relative import across workspaces', () => {
    expect(
      offenders((source, imported) => {
        const target = path.relative(root, path.resolve(root, path.dirname(source.file), imported));
        return imported.startsWith('.') && !target.startsWith(`${source.workspace}/`);
      }),
    ).toEqual([]);
  });

  it('has no circle between workspaces', () => {
    const edges = new Map<string, Set<string>>();
    for (const { workspace, imports } of all) {
      const targets = edges.get(workspace) ?? new Set();
      for (const imported of imports.filter((name) => name.startsWith(SCOPE))) {
        targets.add(`packages/${imported.slice(SCOPE.length).split('/')[0]}`);
      }
      edges.set(workspace, targets);
    }
    expect(circles(edges)).toEqual([]);
  });

  it('has no circle between the files of a workspace', () => {
    const edges = new Map<string, Set<string>>();
    for (const { file, imports } of all) {
      const targets = imports
        .filter((name) => name.startsWith('.'))
        .map((name) => path.relative(root, path.resolve(root, path.dirname(file), name)));
      edges.set(file, new Set(targets));
    }
    expect(circles(edges)).toEqual([]);
  });

  it('declares every workspace and package that it imports', () => {
    const missing = all.flatMap(({ file, workspace, imports }) => {
      const manifest = JSON.parse(readFileSync(path.join(root, workspace, 'package.json'), 'utf8')) as {
        name: string;
        dependencies?: Record<string, string>;
      };
      return imports
        .filter((name) => !name.startsWith('.') && !name.startsWith('node:'))
        .map((name) =>
          name
            .split('/')
            .slice(0, name.startsWith('@') ? 2 : 1)
            .join('/'),
        )
        .filter(
          (name) => name !== manifest.name && !(name in (manifest.dependencies ?? {})) && !isTestHelper(file),
        )
        .map((name) => `${file} imports ${name}`);
    });
    expect(missing).toEqual([]);
  });

  it('keeps GitHub out of the domain packages', () => {
    const allowed = ['packages/action-kit', 'packages/local-runner', 'packages/github'];
    const found = all
      .filter(({ workspace }) => workspace.startsWith('packages/') && !allowed.includes(workspace))
      .filter(({ file }) =>
        /process\.env\.GITHUB_|\bconsole\.log\(/.test(readFileSync(path.join(root, file), 'utf8')),
      )
      .map(({ file }) => file);
    expect(found).toEqual([]);
  });
});

function isActionKit(imported: string): boolean {
  return imported.split('/').slice(0, 2).join('/') === `${SCOPE}action-kit`;
}

function isTestHelper(file: string): boolean {
  return file.endsWith('/testing.ts');
}

/** Every path that leads back to its start, written with arrows. */
function circles(edges: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (node: string, trail: readonly string[]): void => {
    if (trail.includes(node)) {
      found.push([...trail.slice(trail.indexOf(node)), node].join(' → '));
      return;
    }
    if (done.has(node)) {
      return;
    }
    for (const next of edges.get(node) ?? []) {
      visit(next, [...trail, node]);
    }
    done.add(node);
  };
  for (const node of edges.keys()) {
    visit(node, []);
  }
  return found;
}

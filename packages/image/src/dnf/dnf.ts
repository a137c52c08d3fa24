import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { confined, type Ports, UserError } from '@golden-image/host';
import { machineOf, majorOf } from '../rpm/distributions.ts';
import { placeFile } from '../rpm/files.ts';
import type { PackageManager, Plan, PlanRequest, RpmPackage } from '../rpm/package-manager.ts';
import { byName, type IndexedPackage, rpmPackage } from '../rpm/packages.ts';
import { planEnvironment } from '../rpm/plan-environment.ts';
import { neededOnDisk, neededPackages } from './base-packages.ts';
import { DNF_SOLVER } from './solver-script.ts';

/** What the solver's script prints. */
interface Answer {
  readonly packages: readonly (IndexedPackage & { readonly file: string })[];
  readonly removed: readonly string[];
  readonly repositories: readonly { readonly id: string; readonly folder: string }[];
}

interface Refusal {
  readonly error: 'package-not-found' | 'packages-conflict' | 'repository-unusable';
  readonly names: readonly string[];
  readonly detail: string;
}

/** AlmaLinux, Rocky, CentOS Stream, RHEL, Oracle Linux, Fedora. Debian's and Ubuntu's own Python finds dnf's modules. */
export const DNF: PackageManager = {
  tools: [
    { command: 'dnf', package: 'dnf' },
    { command: 'rpmkeys', package: 'rpm' },
  ],
  neededPackages,
  neededOnDisk,
  plan: async (request, ports) => {
    const answer = await solve(request, false, ports);
    return {
      packages: answer.packages.map((entry) => rpmPackage(entry, request.definition)).sort(byName),
      removed: answer.removed,
      indexes: answer.repositories.map(({ id, folder }) => ({
        id,
        file: path.join(folder, 'repodata/repomd.xml'),
      })),
    } satisfies Plan;
  },
  fetch: async (request, packages, target, ports) => {
    const answer = await solve(request, true, ports);
    await placeAll(packages, answer, target);
  },
};

async function placeAll(packages: readonly RpmPackage[], answer: Answer, target: string): Promise<void> {
  await mkdir(target, { recursive: true });
  const files = new Map(answer.packages.map(({ digest, file }) => [digest.hex, file]));
  for (const { sha256, name, file } of packages) {
    const found = files.get(sha256);
    if (!found) {
      throw new UserError(`The repositories changed while they were read: ${name} is another one now`, {
        code: 'repository-unusable',
        fix: 'Run the build again.',
      });
    }
    await placeFile(found, path.join(target, file));
  }
}

async function solve(
  request: PlanRequest,
  fetch: boolean,
  ports: Pick<Ports, 'exec' | 'log'>,
): Promise<Answer> {
  const { repositories, install, exclude, tree, definition, folder } = request;
  const work = path.join(folder, 'dnf');
  const root = tree ?? path.join(work, 'empty-root');
  const [cache, state] = [path.join(work, 'cache'), path.join(work, 'state')];
  for (const name of [root, cache, state]) {
    await mkdir(name, { recursive: true });
  }
  const script = path.join(work, 'solve.py');
  await writeFile(script, DNF_SOLVER);
  const input = JSON.stringify({
    root,
    cache,
    state,
    fetch,
    change: tree !== undefined,
    install,
    exclude,
    release: majorOf(definition.release),
    machine: machineOf(definition),
    platform: platformOf(definition),
    repositories: repositories.map(({ id, uri, keys, signed, onMedium }) => ({
      id,
      uri,
      signed,
      keys: keys.map((file) => `file://${file}`),
      // Of two equal packages the medium's.
      cost: onMedium === undefined ? 1000 : 500,
    })),
  });
  const { code, stdout, stderr } = await ports.exec(
    confined(
      {
        command: '/usr/bin/python3',
        args: ['-I', script],
        input,
        env: await planEnvironment(work, request),
        okCodes: [0, 3],
        onLine: (line, stream) => (stream === 'stderr' ? ports.log.debug(line) : undefined),
      },
      { network: repositories.some(({ onMedium }) => onMedium === undefined) },
    ),
  );
  if (code === 3) {
    throw refused(JSON.parse(stdout) as Refusal, stderr);
  }
  return JSON.parse(stdout) as Answer;
}

/** What modules are made for: `platform:el9`. */
function platformOf({ distribution, release }: PlanRequest['definition']): string {
  return distribution === 'fedora' ? `platform:f${release}` : `platform:el${majorOf(release)}`;
}

function refused({ error, names, detail }: Refusal, stderr: string): UserError {
  const fix = 'Correct `packages` in the definition, or take a medium that has them.';
  const shown = [detail, stderr].filter((text) => text.trim() !== '').join('\n');
  const more = shown === '' ? {} : { detail: shown };
  if (error === 'package-not-found') {
    return new UserError(`Packages that are not in the repository: ${names.join(', ')}`, {
      code: error,
      fix,
      ...more,
    });
  }
  if (error === 'packages-conflict') {
    return new UserError('The packages cannot be installed together', { code: error, fix, ...more });
  }
  return new UserError(`The package repository cannot be used: ${detail.split('\n')[0] ?? ''}`, {
    code: error,
    fix: 'See the details; check the medium, or the network and the signing keys.',
    ...more,
  });
}

import { execFileSync } from 'node:child_process';
import { withMountedRoot } from '@golden-image/disk';
import { testPorts } from '@golden-image/host/testing';

/** How the files of two disks differ: a path, and what each disk has there. Nothing when all are the same. */
export async function diskDifferences(one: string, other: string): Promise<readonly string[]> {
  const [ours, theirs] = [await contentOf(one), await contentOf(other)];
  return [...new Set([...ours.keys(), ...theirs.keys()])]
    .filter((name) => ours.get(name) !== theirs.get(name))
    .sort()
    .map((name) => `${name}: ${ours.get(name) ?? 'absent'} | ${theirs.get(name) ?? 'absent'}`);
}

/** By path: type, mode, owner, time stamp, target of a link, digest. */
async function contentOf(disk: string): Promise<ReadonlyMap<string, string>> {
  return withMountedRoot(disk, { writable: false }, testPorts(), async (session) => {
    const root = await session.hostPath('/');
    const run = (args: readonly string[]): readonly string[] =>
      execFileSync('find', ['.', ...args], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 27 }).split('\n');
    const found = new Map(
      run(['-printf', '%p\t%y %m %U:%G %T@ %l\n']).map((line) => [
        pathOf(line.split('\t')[0]),
        line.split('\t')[1],
      ]),
    );
    for (const line of run(['-type', 'f', '-exec', 'sha256sum', '{}', '+'])) {
      const name = pathOf(line.slice(66));
      found.set(name, `${found.get(name)} ${line.slice(0, 64)}`);
    }
    return new Map([...found].map(([name, what]) => [name, what ?? '']));
  });
}

function pathOf(name = ''): string {
  return name.replace(/^\./, '');
}

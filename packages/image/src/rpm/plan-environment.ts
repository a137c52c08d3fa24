import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { PlanRequest } from './package-manager.ts';

/**
 * The environment of a package manager that only plans: nothing of the runner's but how the network is reached. rpm's
 * library on Debian looks for its database in the home folder unless a macro says otherwise.
 */
export async function planEnvironment(
  folder: string,
  { database }: Pick<PlanRequest, 'database'>,
): Promise<Readonly<Record<string, string | undefined>>> {
  const home = path.join(folder, 'home');
  await mkdir(home, { recursive: true });
  await writeFile(path.join(home, '.rpmmacros'), `%_dbpath ${database}\n`);
  const proxies = ['http_proxy', 'https_proxy', 'no_proxy'];
  return {
    PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
    HOME: home,
    LC_ALL: 'C.UTF-8',
    TZ: 'UTC',
    PYTHONHASHSEED: '0',
    ...Object.fromEntries(proxies.map((name) => [name, process.env[name]])),
  };
}

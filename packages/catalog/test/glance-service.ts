import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { debian13Tree, inTree } from '../../../test/tools/debian-tree.ts';
import { type Account, FakeKeystone } from './fake-keystone.ts';

const run = promisify(execFile);
const GLANCE: Account = { name: 'glance', password: 'service-secret', project: 'service', role: 'service' };

/** Debian's own glance-api with a file store and an SQLite database, before a stand-in for Keystone. */
export class GlanceService {
  readonly keystone: FakeKeystone;
  readonly #work: string;
  #tree = '';
  #process: ChildProcess | undefined;
  #output = '';

  /** @param work an empty folder; scripts and disks may lie below it */
  constructor(work: string, accounts: readonly Account[]) {
    this.#work = work;
    this.keystone = new FakeKeystone([GLANCE, ...accounts]);
  }

  async start(): Promise<void> {
    this.#tree = await debian13Tree('glance', ['glance-api', 'python3-openstackclient']);
    await this.keystone.start();
    const port = await freePort();
    this.keystone.imageUrl = `http://127.0.0.1:${port}`;
    const config = path.join(this.#work, 'glance.conf');
    await mkdir(path.join(this.#work, 'store'));
    await writeFile(config, this.#config(port));
    await run('bwrap', this.#inTree(['/usr/bin/glance-manage', '--config-file', config, 'db_sync']));
    this.#process = spawn('bwrap', this.#inTree(['/usr/bin/glance-api', '--config-file', config]), {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.on('data', (chunk) => {
        this.#output += chunk;
      });
    }
    await this.#answering();
  }

  /** A request to Glance as somebody. */
  async request(account: Account, target: string, init: RequestInit = {}): Promise<Response> {
    const headers = { 'x-auth-token': this.keystone.tokenOf(account), ...init.headers };
    return fetch(`${this.keystone.imageUrl}${target}`, { ...init, headers });
  }

  /** What glance-api said last, for a test that fails. */
  get output(): string {
    return this.#output.split('\n').slice(-60).join('\n');
  }

  async stop(): Promise<void> {
    const child = this.#process;
    if (child && child.exitCode === null) {
      const ended = new Promise((resolve) => child.once('close', resolve));
      child.kill('SIGKILL');
      await ended;
    }
    await this.keystone.stop();
  }

  /** A folder for PATH with the program `openstack`, signed in as somebody. */
  async clientOf(account: Account): Promise<string> {
    const folder = path.join(this.#work, `bin-${account.name}`);
    const variables = {
      OS_AUTH_URL: this.keystone.url,
      OS_IDENTITY_API_VERSION: '3',
      OS_USERNAME: account.name,
      OS_PASSWORD: account.password,
      OS_PROJECT_NAME: account.project,
      OS_USER_DOMAIN_NAME: 'Default',
      OS_PROJECT_DOMAIN_NAME: 'Default',
    };
    const settings = Object.entries(variables).flatMap(([name, value]) => ['--setenv', name, value]);
    const args = this.#inTree([...settings, '/usr/bin/openstack']).map((arg) => `'${arg}'`);
    await mkdir(folder);
    await writeFile(path.join(folder, 'openstack'), `#!/bin/sh\nexec bwrap ${args.join(' ')} "$@"\n`);
    await chmod(path.join(folder, 'openstack'), 0o755);
    return folder;
  }

  #inTree(args: readonly string[]): string[] {
    return inTree(this.#tree, [this.#work], ['--chdir', this.#work, ...args]);
  }

  async #answering(): Promise<void> {
    for (let attempt = 0; attempt < 600 && this.#process?.exitCode === null; attempt += 1) {
      const answer = await fetch(`${this.keystone.imageUrl}/versions`).catch(() => undefined);
      if (answer?.ok) {
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error(`glance-api does not answer:\n${this.#output}`);
  }

  #config(port: number): string {
    return `[DEFAULT]
bind_host = 127.0.0.1
bind_port = ${port}
workers = 0
enabled_backends = disks:file
node_staging_uri = file://${this.#work}/staging
[glance_store]
default_backend = disks
[disks]
filesystem_store_datadir = ${this.#work}/store
[os_glance_staging_store]
filesystem_store_datadir = ${this.#work}/staging
[os_glance_tasks_store]
filesystem_store_datadir = ${this.#work}/tasks
[database]
connection = sqlite:///${this.#work}/glance.sqlite
[paste_deploy]
flavor = keystone
config_file = /usr/share/glance-common/glance-api-paste.ini
[keystone_authtoken]
auth_type = password
auth_url = ${this.keystone.url}
www_authenticate_uri = ${this.keystone.url}
username = ${GLANCE.name}
password = ${GLANCE.password}
project_name = ${GLANCE.project}
user_domain_name = Default
project_domain_name = Default
`;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

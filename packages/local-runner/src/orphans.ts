import { readdir, readFile } from 'node:fs/promises';

/** The variable by which processes of a job are known, also after they left its process group. */
export const TRACKING = 'RUNNER_TRACKING_ID';

export interface Orphan {
  readonly pid: number;
  readonly name: string;
}

/**
 * Ends the processes that a job left behind, as GitHub's runner does: every one whose environment still holds the
 * job's tracking id. A process that cleared the variable stays, as there.
 */
export async function endOrphans(trackingId: string): Promise<Orphan[]> {
  const ended: Orphan[] = [];
  const marker = `${TRACKING}=${trackingId}`;
  for (const entry of await readdir('/proc')) {
    const pid = Number(entry);
    if (!Number.isInteger(pid) || pid === process.pid) {
      continue;
    }
    // Another user's process cannot be read, and one may end meanwhile: neither is ours to end.
    const environment = await readFile(`/proc/${entry}/environ`, 'utf8').catch(() => '');
    if (environment.split('\0').includes(marker)) {
      const name = (await readFile(`/proc/${entry}/comm`, 'utf8').catch(() => '')).trim();
      try {
        process.kill(pid, 'SIGKILL');
        ended.push({ pid, name });
      } catch {
        // Ended by itself.
      }
    }
  }
  return ended;
}

import { type Case, fail, noProblems } from '../case.ts';
import { branch, type HotPlug, lines, probe } from '../observations.ts';

export const hotVolume: Case = {
  id: 'attach_and_detach_volume_to_vsi',
  title: 'A volume can be attached, used, detached and attached again while the guest runs',
  why: 'Clouds attach storage to running instances; data must be there again after a detour.',
  suite: 'functional',
  tags: ['storage', 'hot-plug'],
  needs: ['hot-volume'],
  check: (observations) => {
    const seen = branch(observations, 'hot-volume', observations.hotVolume);
    const written = seen.guest['hot-volume-write'];
    if (written?.rc !== 0) {
      return fail('a disk with its serial that can be written', words(written) ?? seen.problem ?? 'nothing');
    }
    const [device = '', first = ''] = written.stdout.trim().split('\n');
    const problems = [
      ...(seen.detached.includes('volume') ? [] : [seen.problem ?? 'the guest did not let go of it']),
      ...left(seen, 'volume'),
    ];
    const again = seen.guest['hot-volume-again'];
    const second = again?.stdout.trim() ?? '';
    if (problems.length === 0 && (again?.rc !== 0 || second !== first)) {
      problems.push(`after it was attached again: ${second || words(again) || seen.problem || 'nothing'}`);
    }
    return noProblems(
      problems,
      `attached, written, detached, attached again with the same content (${sum(first)})`,
      `${device}: sha256 ${sum(first)} before and after`,
    );
  },
};

export const hotNic: Case = {
  id: 'attach_and_detach_nic_to_vsi',
  title: 'A NIC can be attached, used and detached while the guest runs',
  why: 'Clouds attach networks to running instances, and the first one must not notice.',
  suite: 'functional',
  tags: ['network', 'nic', 'hot-plug'],
  needs: ['hot-nic'],
  check: (observations) => {
    const seen = branch(observations, 'hot-nic', observations.hotNic);
    const used = seen.guest['hot-nic-use'];
    if (used?.rc !== 0) {
      return fail(`an interface with the MAC ${seen.nicMac}`, words(used) ?? seen.problem ?? 'nothing');
    }
    const problems = [
      ...(/10\.0\.9\.2 lladdr/.test(used.stdout) ? [] : ['nobody answers on its network']),
      ...(seen.detached.includes('nic') ? [] : [seen.problem ?? 'the guest did not let go of it']),
      ...left(seen, 'nic'),
    ];
    if (
      problems.length === 0 &&
      !probe(seen, 'hot-first-nic').stdout.includes(`"${observations.ping.address}"`)
    ) {
      problems.push('the first NIC lost its address');
    }
    return noProblems(
      problems,
      'the NIC appears, reaches its network, goes away; the first NIC keeps its address',
      `${used.stdout.split('\n')[0]}: up, neighbour answered, gone after detaching`,
    );
  },
};

function left(seen: HotPlug, kind: 'volume' | 'nic'): readonly string[] {
  if (!seen.guest['hot-gone']) {
    return [];
  }
  return lines(seen, 'hot-gone')
    .filter((line) => line.startsWith(`${kind} `))
    .map((line) => `${line.slice(kind.length + 1)} is still there after detaching`);
}

function words(result: { readonly stderr: string } | undefined): string | undefined {
  return result?.stderr.trim().slice(0, 300) || undefined;
}

function sum(line: string): string {
  return line.slice(0, 16);
}

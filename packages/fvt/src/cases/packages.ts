import { type Case, fail, noProblems, pass, skip } from '../case.ts';
import { lines, output, probe } from '../observations.ts';
import { parseRepositories } from './repositories.ts';

export const sourceRepositories: Case = {
  id: 'check_source_repos',
  title: 'Packages come only from the repositories meant, and signed',
  why: 'A repository left by the build (a medium, a file, a mirror of the builder) is a way in, or a broken update.',
  suite: 'functional',
  tags: ['packages', 'security'],
  needs: ['facts'],
  check: (observations, { repositories: { allowed } }) => {
    const enabled = parseRepositories(output(observations, 'repositories')).filter((entry) => entry.enabled);
    if (enabled.length === 0) {
      return fail('at least one enabled repository', 'none', 'the image could never be updated');
    }
    const problems: string[] = [];
    for (const { uri, file, unsigned } of enabled) {
      if (!/^(mirror\+)?https?:\/\//.test(uri)) {
        problems.push(`${uri} (${file}) is no repository on the network`);
      } else if (allowed.length > 0 && !allowed.some((base) => covers(base, uri))) {
        problems.push(`${uri} (${file}) is not in the allowlist`);
      }
      if (unsigned) {
        problems.push(`${uri} (${file}) needs no signature`);
      }
    }
    for (const line of lines(observations, 'apt-settings')) {
      if (/::Proxy/i.test(line) && !/""/.test(line)) {
        problems.push(`apt goes through a proxy: ${line.trim()}`);
      } else if (/Allow/i.test(line) && /"(1|true|yes|on)"/i.test(line)) {
        problems.push(`apt takes unsigned packages: ${line.trim()}`);
      }
    }
    const shown = [...new Set(enabled.map((entry) => entry.uri))].join(', ');
    const list = allowed.length > 0 ? 'within the allowlist' : 'on the network (no allowlist given)';
    return noProblems([...new Set(problems)], `enabled repositories ${list}, signed`, shown, shown);
  },
};

export const softwareUpdate: Case = {
  id: 'linux_check_valid_software_update',
  title: 'The package manager refreshes its metadata and resolves an upgrade',
  why: 'An image that cannot be updated keeps every vulnerability found after its build.',
  suite: 'functional',
  tags: ['packages', 'internet'],
  needs: ['facts'],
  check: (observations) => {
    const unreachable = observations.mirrors.filter((mirror) => !mirror.reachable);
    if (observations.mirrors.length === 0) {
      return skip('the expectations name no repository, so none was looked for');
    }
    if (unreachable.length === observations.mirrors.length) {
      return skip(
        `no repository can be reached from this host: ${unreachable.map((mirror) => `${mirror.uri}: ${mirror.detail}`).join('; ')}`,
      );
    }
    const result = probe(observations, 'software-update');
    const last = result.stdout.trim().split('\n').slice(-5).join('; ');
    return result.rc === 0
      ? pass(last)
      : fail(
          'metadata refreshed and a dry-run upgrade resolved',
          result.rc === 124 ? 'out of time' : `exit status ${result.rc}`,
          `${result.stderr.trim().slice(-600)} ${last}`.trim(),
        );
  },
};

/** Packages that are, or belong to, a mail agent: transfer, submission, delivery and reading. */
const MAIL_PACKAGES =
  /^(postfix|exim4?|exim4-.+|sendmail|sendmail-.+|ssmtp|msmtp|msmtp-mta|nullmailer|opensmtpd|dma|esmtp|masqmail|courier-mta|qmail|s-nail|mailx|bsd-mailx|mailutils|heirloom-mailx|mutt|dovecot|dovecot-.+|cyrus-imapd|procmail)$/;
const MAIL_CAPABILITIES =
  /(^|[\s,])(mail-transport-agent|smtpdaemon|smtp_daemon|MTA|server\(smtp\))(?=$|[\s,(=])/;

export const noMailPackages: Case = {
  id: 'linux_check_for_no_mail_packages',
  title: 'No mail agent',
  why: 'A mail daemon that nobody configured is attack surface and a sender of bounces.',
  suite: 'functional',
  tags: ['packages', 'security'],
  needs: ['facts'],
  check: (observations, { mail }) => {
    const problems: string[] = [];
    for (const line of lines(observations, 'packages')) {
      const [name = '', , provides = ''] = line.split('\t');
      if (!mail.allowed.includes(name) && (MAIL_PACKAGES.test(name) || MAIL_CAPABILITIES.test(provides))) {
        problems.push(`package ${name}`);
      }
    }
    if (mail.allowed.length === 0) {
      problems.push(...lines(observations, 'mail-programs').map((line) => `program ${line.trim()}`));
    }
    for (const line of lines(observations, 'listeners')) {
      const fields = line.trim().split(/\s+/);
      if (fields[0] === 'tcp' && /:(25|465|587)$/.test(fields[4] ?? '')) {
        problems.push(`listener ${fields[4]} ${fields.slice(6).join(' ')}`);
      }
    }
    return noProblems(problems, 'no mail package, program or listener', 'none installed, nothing on port 25');
  },
};

export const rhelLicense: Case = {
  id: 'linux_check_valid_rhel_license',
  title: 'Red Hat Enterprise Linux has a valid subscription',
  why: 'Without it the image gets no updates.',
  suite: 'functional',
  tags: ['rhel', 'packages'],
  needs: ['facts', 'subscription'],
  check: (observations) => {
    const id = /^ID="?([^"\n]+)"?$/m.exec(output(observations, 'os-release'))?.[1] ?? '?';
    if (id !== 'rhel') {
      return skip(`only for RHEL, this is ${id}`);
    }
    const given = observations.subscription ?? observations.absent?.subscription;
    const problem = typeof given === 'string' ? given : given?.problem;
    const before = probe(observations, 'subscription');
    if (!/^\d+\.pem$/m.test(before.stdout)) {
      return fail('a product certificate in /etc/pki/product', 'none', before.stdout.slice(0, 400));
    }
    if (problem !== undefined) {
      return fail('a guest that registers, may use content, and unregisters', problem);
    }
    const told = typeof given === 'object' ? (given.state ?? before) : before;
    const valid = /Simple Content Access|Overall Status: (Current|Registered|Disabled)/.test(told.stdout);
    if (/system identity: [0-9a-f-]{36}/.test(told.stdout)) {
      return valid
        ? pass('identity valid, content usable, product certificate present')
        : fail('content that can be used', 'the identity has none', told.stdout.slice(0, 400));
    }
    return given === undefined
      ? skip('the product certificate is there; the identity needs a subscription, and none was given')
      : fail('an identity', 'the registered guest has none', told.stdout.slice(0, 400));
  },
};

/** The address `base` and everything below it. */
function covers(base: string, uri: string): boolean {
  const trimmed = base.replace(/\/+$/, '');
  return uri === trimmed || uri.startsWith(`${trimmed}/`);
}

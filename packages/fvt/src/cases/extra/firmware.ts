import { type Case, fail, noProblems, pass, skip } from '../../case.ts';
import { lines } from '../../observations.ts';

/** Namespace of the variables that the UEFI specification itself defines. */
const GLOBAL = '8be4df61-93ca-11d2-aa0d-00e098032b8c';

export const secureBoot: Case = {
  id: 'secure_boot_is_on',
  title: 'The firmware checked what it started, and the kernel knows',
  why: 'A boot loader or kernel without a valid signature does not start where clouds ask for Secure Boot.',
  suite: 'functional',
  tags: ['extra', 'boot', 'security'],
  needs: ['facts'],
  probes: [
    {
      id: 'secure_boot_is_on',
      seconds: 10,
      // Four bytes of attributes, then the value.
      script: [
        `for v in SecureBoot SetupMode; do f=/sys/firmware/efi/efivars/$v-${GLOBAL}`,
        'if [ -r "$f" ]; then echo "$v $(od -An -t u1 -j 4 -N 1 "$f" | tr -d " ")"; fi; done',
        'if [ -r /sys/kernel/security/lockdown ]; then echo "lockdown $(cat /sys/kernel/security/lockdown)"; fi',
      ].join('; '),
    },
  ],
  check: (observations) => {
    if (!observations.launch.secureBoot) {
      return skip('the machine was not asked to check what it starts (secure-boot: true)');
    }
    const found = lines(observations, 'secure_boot_is_on');
    const expected = ['SecureBoot 1', 'SetupMode 0'];
    const problems = expected.filter((line) => !found.includes(line)).map((line) => `not ${line}`);
    const locked = found.some((line) => /^lockdown .*\[(integrity|confidentiality)\]/.test(line));
    return noProblems(
      [...problems, ...(locked ? [] : ['the kernel is not locked down'])],
      'SecureBoot 1, SetupMode 0, a kernel that is locked down',
      found.join('; '),
      found.join('; ') || 'no such variables',
    );
  },
};

export const tpm: Case = {
  id: 'tpm_is_usable',
  title: 'The TPM is there and answers',
  why: 'Disk keys and attestation need it; a kernel without its driver cannot use what the cloud offers.',
  suite: 'functional',
  tags: ['extra', 'boot', 'security'],
  needs: ['facts'],
  probes: [
    {
      id: 'tpm_is_usable',
      seconds: 10,
      // A TPM2_GetRandom of eight bytes: tag, size, command code, count; the answer's code are its bytes 7 to 10.
      script: [
        'for t in /sys/class/tpm/tpm*; do if [ -e "$t/tpm_version_major" ]; then echo "version $(cat "$t/tpm_version_major")"; fi; done',
        'if [ -c /dev/tpmrm0 ]; then exec 3<>/dev/tpmrm0; printf "\\200\\001\\000\\000\\000\\014\\000\\000\\001\\173\\000\\010" >&3; echo "answer $(dd bs=64 count=1 <&3 2>/dev/null | od -An -t x1 -j 6 -N 4 | tr -d " ")"; fi',
      ].join('; '),
    },
  ],
  check: (observations) => {
    if (!observations.launch.tpm) {
      return skip('the machine has no TPM (tpm: true)');
    }
    const found = lines(observations, 'tpm_is_usable');
    const shown = found.join('; ') || 'no TPM';
    return found.includes('version 2') && found.includes('answer 00000000')
      ? pass('TPM 2.0, gave random bytes')
      : fail('a TPM 2.0 that gives random bytes', shown);
  },
};

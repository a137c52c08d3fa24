import { choice, defineAction, flag, integer, list, secret, text } from '@golden-image/action-kit';

export const definition = defineAction({
  name: 'run-fvt',
  title: 'Run functional tests on an image',
  description:
    'Boots an image on a copy-on-write overlay, logs in, and checks by name that it behaves as a cloud image should',
  branding: { icon: 'check-square', color: 'green' },
  inputs: {
    image: text({
      description:
        'The image folder that build-image or harden wrote, or any qcow2 or raw disk file. It is only read.',
      required: true,
    }),
    suites: list({
      description:
        'Which suites to run: `functional`; `penetration` attacks a fork of the running machine; `compliance` scans one with what harden used.',
      default: 'functional',
      of: ['functional', 'penetration', 'compliance'],
    }),
    cases: list({
      description:
        'Cases to run: names, globs such as `check_*`, tags such as `security`, `!tag` for all without a tag. Default: all.',
    }),
    exclude: list({
      description: 'Cases not to run: names, globs or tags. Default: none.',
    }),
    expectations: text({
      description:
        'YAML profile of what the image is expected to be: modules, kernel options, repositories, units, required cases.',
    }),
    'user-cases': text({
      description:
        'Folder of your own cases: YAML files (schema: packages/fvt/schema/user-cases.schema.json) and programs with a header.',
    }),
    quarantine: text({
      description:
        'YAML list of cases that may fail for a while: each with `case`, `tracker` (a URL), `expires` (a date) and `reason`. They run and are reported; the statement then says WARNED.',
    }),
    vulnerabilities: text({
      description:
        'For `penetration`: a file at most 7 days old that installed packages are held against, the JSON of the Debian security tracker or the `Packages` index of a security repository. Without it that case is skipped.',
    }),
    previous: text({
      description:
        'The reports/fvt.json of an earlier run: reports and summary show what came out otherwise.',
    }),
    accelerator: choice(['auto', 'kvm', 'tcg'], {
      description:
        'How the guest runs: `auto` uses KVM when a probe guest really runs under it, else TCG (slow).',
      default: 'auto',
    }),
    firmware: choice(['auto', 'bios', 'uefi', 'all'], {
      description:
        'What the guest boots with; `auto` takes the first that image.json names, `all` each of them, one after the other.',
      default: 'auto',
    }),
    'secure-boot': flag({
      description:
        'Boot with UEFI that has the keys of Microsoft enrolled and starts only what is signed. `firmware: auto` is then `uefi`.',
      default: 'false',
    }),
    tpm: flag({ description: 'Give each machine a software TPM 2.0 (swtpm).', default: 'false' }),
    'disk-bus': choice(['virtio-blk', 'virtio-scsi', 'nvme'], {
      description: 'How the disk is attached.',
      default: 'virtio-blk',
    }),
    memory: integer({
      description: 'Memory of the guest in MiB.',
      default: '1024',
      min: 128,
      max: 1_048_576,
    }),
    cpus: integer({
      description:
        'Processors of the guest. Default: 2; where machines are emulated and boot side by side, no more than the host has for each.',
      min: 1,
      max: 64,
    }),
    parallel: integer({
      description:
        'Machines that run at once. Default: one more than the host has processors, as far as there is memory.',
      min: 1,
      max: 64,
    }),
    shard: text({
      description: 'Part of the cases, `2/4` for the second of four: for a matrix of jobs.',
      pattern: /^[1-9]\d{0,2}\/[1-9]\d{0,2}$/,
      form: 'two whole numbers such as `2/4`',
    }),
    retries: integer({
      description:
        'How often what failed is tried again, with machines of its own. What then passes is reported as flaky, never as passed.',
      default: '0',
      min: 0,
      max: 5,
    }),
    'timeout-scale': integer({
      description: 'Multiplies every time limit; under TCG they are ten times those of KVM already.',
      default: '1',
      min: 1,
      max: 20,
    }),
    'ssh-user': text({
      description: 'The administrator that the cloud-init seed makes.',
      default: 'fvt',
      pattern: /^[a-z_][a-z0-9_-]{0,31}$/,
      form: 'a user name in lower case',
    }),
    subscription: secret({
      description:
        '`user:password` of an account at Red Hat, with which a fork of a RHEL guest is registered and unregistered again.',
    }),
    'install-tools': flag({
      description: 'Install missing host tools (QEMU, OpenSSH, xorriso) with apt-get.',
      default: 'true',
    }),
  },
  outputs: {
    passed: 'Number of cases that passed.',
    failed: 'Number of cases that failed.',
    skipped: 'Number of cases that were skipped, each with its reason in the reports.',
    errors: 'Number of cases that could not be judged.',
    flaky: 'Number of cases that passed only when repeated.',
    'not-run': 'Number of cases that were not selected, or are in another shard.',
    junit: 'Path of the JUnit report.',
    json: 'Path of the JSON report.',
    html: 'Path of the HTML report.',
    statement: 'Path of the in-toto statement (evidence/40-fvt.json).',
  },
});

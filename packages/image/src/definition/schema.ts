import { z } from 'zod';

/**
 * `image.yml`: what an image is to be. Published as JSON Schema (`packages/image/schema/image.schema.json`).
 * Every text that reaches a program, a configuration file or a path has a pattern of its own here.
 */
const identifier = z.string().regex(/^[a-z0-9][a-z0-9.+_-]{0,62}$/i);

/** Debian policy 5.6.1; RPM's names may have capitals and `_` too. */
const packageName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9+._-]{1,99}$/, 'not a package name (letters, digits, + - . _)');

/** An absolute path without `..`, `.`, empty parts, control characters or quotes. */
const absolutePath = z
  .string()
  .max(255)
  .regex(/^(\/(?!\.{1,2}(\/|$))[A-Za-z0-9._@+-]+)+$/, 'not an absolute path of plain names (no "..")');

const unit = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9:_.@-]{0,120}\.(service|socket|timer|target|mount|path)$/, 'not a unit name');

const size = z
  .string()
  .regex(/^[1-9][0-9]{0,6}(MiB|GiB|TiB)$/, 'not a size such as 512MiB or 4GiB')
  .describe('A size with its unit, for example `512MiB` or `4GiB`.');

const mountOption = z.enum(['nodev', 'nosuid', 'noexec', 'noatime', 'relatime']);

const partition = z.strictObject({
  mount: z
    .enum([
      ...['/boot/efi', '/', '/boot', '/home', '/opt', '/srv', '/tmp'],
      ...['/var', '/var/tmp', '/var/log', '/var/log/audit'],
    ] as const)
    .describe('Where it is mounted.'),
  size: size.optional().describe('Only `/` may be without: it takes what is left, and grows at first boot.'),
  options: z.array(mountOption).default([]),
});

const file = z.strictObject({
  path: absolutePath,
  content: z.string().max(1_048_576).optional().describe('The text of the file.'),
  source: z.string().max(255).optional().describe('A file beside the definition, instead of `content`.'),
  mode: z
    .string()
    .regex(/^0[0-7]{3,4}$/, 'not an octal mode such as "0644"')
    .default('0644'),
  owner: identifier.default('root'),
  group: identifier.default('root'),
});

const kernelToken = z
  .string()
  .max(200)
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.,:=/@%+-]*$/, 'not a kernel parameter without spaces, quotes or $');

const repositoryUri = /^https?:\/\/[A-Za-z0-9._~:/[\]@+-]+$/;

const repository = z.strictObject({
  uri: z.string().max(500).regex(repositoryUri, 'not a plain http or https URL'),
  suites: z.array(identifier).max(20).default([]).describe('Debian and Ubuntu: below `dists/`.'),
  components: z.array(identifier).max(20).default([]).describe('Debian and Ubuntu: of each suite.'),
  key: z.string().describe('The file beside the definition with the OpenPGP key that signs it.'),
  'unsigned-metadata': z
    .boolean()
    .default(false)
    .describe(
      'RPM repositories that sign their packages and not their index: allowed over https; every package is still checked.',
    ),
});

const noUnset = { add: [], remove: [] };

export const definitionSchema = z
  .strictObject({
    name: identifier.describe('Name of the image: a file name, a part of a URL.'),
    version: identifier.describe('Version of the image; quote it when it looks like a number.'),
    class: z.enum(['stock', 'custom']).default('stock'),
    distribution: z
      .enum([
        'debian',
        'ubuntu',
        'rhel',
        'almalinux',
        'rocky',
        'centos',
        'ol',
        'fedora',
        'sles',
        'opensuse-leap',
      ])
      .describe('os-release ID.'),
    release: identifier.describe('os-release VERSION_ID, quoted: `"13"`.'),
    architecture: z.enum(['amd64', 'arm64']).default('amd64'),
    source: z
      .enum(['medium', 'repository', 'disk', 'installer'])
      .default('medium')
      .describe("Where the packages come from: the verified ISO's pool, or the distribution's repositories."),
    packages: z
      .strictObject({
        add: z.array(packageName).max(2000).default([]).describe('Beside what a bootable system needs.'),
        remove: z.array(packageName).max(200).default([]).describe('Never to be installed, nor pulled in.'),
      })
      .default(noUnset),
    repositories: z
      .array(repository)
      .max(50)
      .default([])
      .describe('Further signed repositories, to build from and to name in the image.'),
    mirror: z
      .string()
      .max(500)
      .regex(repositoryUri, 'not a plain http or https URL')
      .optional()
      .describe(
        "The distribution's mirror to build from and to name in the image; default: the distribution's own (Debian). RPM distributions need one.",
      ),
    'security-mirror': z
      .string()
      .max(500)
      .regex(repositoryUri, 'not a plain http or https URL')
      .optional()
      .describe('The same for security updates.'),
    'mirror-key': z
      .string()
      .max(255)
      .optional()
      .describe(
        "The file beside the definition with the OpenPGP key that signs the mirrors; default: the distribution's keys.",
      ),
    'security-updates': z
      .enum(['auto', 'require', 'off'])
      .default('auto')
      .describe(
        'Security repositories: `auto` takes them, on top of a medium where the network is there; `require` fails without; `off` leaves them out of the build.',
      ),
    snapshot: z
      .string()
      .regex(/^\d{8}T\d{6}Z$/)
      .optional()
      .describe(
        'The time that the repositories are read as of: goes where a mirror says `@SNAPSHOTID@`, or where the distribution says that its snapshots are.',
      ),
    disk: z
      .strictObject({
        size: size.default('4GiB'),
        filesystem: z.enum(['ext4', 'xfs', 'btrfs']).default('ext4'),
        partitions: z.array(partition).max(9).default([]),
      })
      .default({ size: '4GiB', filesystem: 'ext4', partitions: [] }),
    firmware: z
      .enum(['bios', 'uefi', 'both'])
      .default('both')
      .describe('`both`: all that the architecture has, which for arm64 is UEFI.'),
    'secure-boot': z
      .boolean()
      .default(true)
      .describe("UEFI through the vendor's signed shim and boot loader."),
    kernel: z
      .strictObject({
        package: packageName.optional().describe("Default: the distribution's kernel for clouds."),
        'command-line': z.array(kernelToken).max(60).default([]).describe('Further kernel parameters.'),
      })
      .default({ 'command-line': [] }),
    locale: z
      .string()
      .regex(/^(C|POSIX|[a-z]{2,3}_[A-Z]{2})(\.UTF-8)(@[a-z]+)?$/, 'not a UTF-8 locale such as C.UTF-8')
      .default('C.UTF-8'),
    timezone: z
      .string()
      .max(64)
      .regex(/^[A-Z][A-Za-z0-9_+-]*(\/[A-Z][A-Za-z0-9_+-]*){0,2}$/, 'not a time zone such as Etc/UTC')
      .default('Etc/UTC'),
    'cloud-init': z
      .strictObject({
        datasources: z
          .array(
            z.enum([
              'NoCloud',
              'ConfigDrive',
              'OpenStack',
              'Ec2',
              'Azure',
              'GCE',
              'VMware',
              'OVF',
              'Hetzner',
              'Oracle',
              'IBMCloud',
              'DigitalOcean',
              'Vultr',
              'Scaleway',
              'Akamai',
            ]),
          )
          .min(1),
      })
      .default({ datasources: ['NoCloud', 'ConfigDrive'] })
      .describe('Only these are looked for at boot.'),
    services: z
      .strictObject({
        enable: z.array(unit).max(100).default([]),
        disable: z.array(unit).max(100).default([]),
      })
      .default({ enable: [], disable: [] }),
    files: z.array(file).max(500).default([]),
    'login-message': z
      .strictObject({
        text: z.string().max(4096).describe('/etc/motd'),
        'update-hint': z.boolean().default(false),
        'status-url': z
          .string()
          .max(300)
          .regex(/^https:\/\/[A-Za-z0-9.-]+(:\d{1,5})?(\/[A-Za-z0-9._~-]+)*\/?$/, 'not a plain https URL')
          .optional()
          .describe(
            'Where the catalog of the image is published: instances look there for security updates, successor and end of the image, and logins show it. Needs ca-certificates in the image.',
          ),
      })
      .optional(),
    'unattended-upgrades': z.boolean().default(false).describe('Security updates install themselves.'),
    formats: z
      .array(z.enum(['qcow2', 'raw.zst', 'vmdk', 'ova', 'vhd', 'gce']))
      .min(1)
      .default(['qcow2'])
      .describe(
        'Beside `disk.qcow2`, written to `exports/`. Of an image that is hardened afterwards, export-image writes them at the end.',
      ),
  })
  .describe('What an image is to be (golden-image-actions, build-image).');

export type Definition = z.infer<typeof definitionSchema>;

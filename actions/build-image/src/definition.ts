import { defineAction, flag, integer, text } from '@golden-image/action-kit';

export const definition = defineAction({
  name: 'build-image',
  title: 'Build image',
  description: "Build a minimal, bootable, reproducible cloud image from a verified medium's own packages.",
  branding: { icon: 'package', color: 'blue' },
  root: true,
  inputs: {
    definition: text({ description: 'Path of `image.yml`: what the image is to be.', required: true }),
    version: text({
      description: "Version of the image. Default: the definition's.",
      pattern: /^[A-Za-z0-9][A-Za-z0-9.+_-]{0,62}$/,
      form: 'letters, digits and `.+_-`',
    }),
    medium: text({
      description:
        "Path of the ISO or of the vendor's disk: output `path` of verify-iso. Needed unless the definition builds from repositories.",
    }),
    'medium-statement': text({
      description: 'Path of the statement about the medium: output `statement` of verify-iso.',
    }),
    output: text({ description: 'The image folder to make; an existing one is replaced.', default: 'image' }),
    cache: flag({
      description:
        'Keep root tree and disk, so that a build with the same packages, or one without any change, takes seconds.',
      default: 'true',
    }),
    'cache-dir': text({
      description:
        "Where root trees, disks, packages and lists are kept; only root may write it. Default: the user's cache folder.",
    }),
    'source-date-epoch': integer({
      description:
        'Seconds since 1970 that bound all time stamps. Default: when the newest package was made.',
      min: 1,
      max: 4_294_967_295,
    }),
    'allow-outdated-host': flag({
      description:
        'Build even on a machine with pending security updates or past its end of life; the statement records it.',
      default: 'false',
    }),
    'install-tools': flag({
      description: 'Install missing host tools with apt-get.',
      default: 'true',
    }),
  },
  outputs: {
    image: 'The image folder.',
    disk: 'Path of the disk.',
    sha256: 'SHA-256 of the disk.',
    size: 'Size of the disk file in bytes.',
    sbom: 'Path of the SBOM (SPDX; CycloneDX lies beside it).',
    'package-count': 'How many packages are installed.',
    'cache-hit': 'Whether the root tree came from the cache.',
    statement: 'Path of the provenance statement.',
  },
});

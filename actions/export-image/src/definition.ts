import { defineAction, flag, integer, list, text } from '@golden-image/action-kit';
import { EXPORT_FORMATS } from '@golden-image/image';

export const definition = defineAction({
  name: 'export-image',
  title: 'Export image',
  description: 'Write an image in the formats that clouds import, each compared with the tested disk.',
  branding: { icon: 'share', color: 'blue' },
  root: true,
  inputs: {
    image: text({ description: 'The image folder.', default: 'image' }),
    formats: list({ description: 'What to write.', of: EXPORT_FORMATS, required: true }),
    'source-date-epoch': integer({
      description: 'Seconds since 1970: the time stamps inside the exported files. Default: 1.',
      min: 1,
      max: 4_294_967_295,
    }),
    'install-tools': flag({ description: 'Install missing host tools with apt-get.', default: 'true' }),
  },
  outputs: {
    files: 'Paths of the exported files, one a line.',
    statement: 'Path of the statement that links them to the disk (evidence/50-export.json).',
  },
});
